package source

import (
	"encoding/json"
	"net/url"
	"strings"
)

// noticed returns the objects that a notification names as new, and whether the
// value is a notification. It knows these, nested in any way:
//
//   - CloudTrail's own: {"s3Bucket": …, "s3ObjectKey": […]}
//   - S3 event notifications: {"Records": [{"s3": {"bucket": …, "object": …}}]},
//     in which keys are URL-encoded
//   - S3's events of EventBridge: {"source": "aws.s3", "detail": …}
//   - SNS ("Message", "Sns") and SQS ("Messages", "Body", "body") around them
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
func noticed(value any, depth int) (objects []Location, known bool) {
	const deepest = 10
	if depth > deepest {
		return nil, false
	}
	switch v := value.(type) {
	case []any:
		return allNoticed(v, depth+1)
	case string:
		if inner, ok := innerMessage(v); ok {
			return noticed(inner, depth+1)
		}
	case map[string]any:
		if objects, known := notification(v); known {
			return objects, true
		}
		for _, wrap := range []string{"Records", "Messages", "Message", "Sns", "Body", "body"} {
			if inner, ok := v[wrap]; ok {
				return noticed(inner, depth+1)
			}
		}
	}
	return nil, false
}

// allNoticed returns the objects of all notifications in a list. An empty list is a
// notification too, of nothing.
func allNoticed(list []any, depth int) (objects []Location, known bool) {
	for _, v := range list {
		some, ok := noticed(v, depth)
		objects, known = append(objects, some...), known || ok
	}
	return objects, known || len(list) == 0
}

// innerMessage reads a message that another message holds as a string.
func innerMessage(s string) (inner any, ok bool) {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "{") && !strings.HasPrefix(s, "[") {
		return nil, false
	}
	err := json.Unmarshal([]byte(s), &inner)
	return inner, err == nil
}

// notification reads a notification that nothing is wrapped around.
func notification(v map[string]any) (objects []Location, known bool) {
	if keys, ok := v["s3ObjectKey"].([]any); ok {
		for _, k := range keys {
			objects = append(objects, Location{text(v["s3Bucket"]), text(k)})
		}
		return objects, true
	}
	if s3, ok := v["s3"].(map[string]any); ok {
		return s3Event(s3, text(v["eventName"])), true
	}
	if detail, ok := v["detail"].(map[string]any); ok && v["source"] == "aws.s3" {
		return bridgeEvent(detail, text(v["detail-type"])), true
	}
	// These are sent once, when notices are set up.
	return nil, v["Event"] == "s3:TestEvent" || text(v["Type"]) == "SubscriptionConfirmation"
}

// s3Event reads one record of an S3 event notification.
func s3Event(s3 map[string]any, name string) []Location {
	if strings.Contains(name, "ObjectRemoved") || strings.Contains(name, "LifecycleExpiration") {
		return nil
	}
	bucket, _ := s3["bucket"].(map[string]any)
	object, _ := s3["object"].(map[string]any)
	key := text(object["key"])
	if plain, err := url.QueryUnescape(key); err == nil {
		key = plain
	}
	return []Location{{text(bucket["name"]), key}}
}

// bridgeEvent reads S3's event of EventBridge.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
func bridgeEvent(detail map[string]any, kind string) []Location {
	if kind != "Object Created" {
		return nil
	}
	bucket, _ := detail["bucket"].(map[string]any)
	object, _ := detail["object"].(map[string]any)
	return []Location{{text(bucket["name"]), text(object["key"])}}
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
