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
	all := func(list []any) (objects []Location, known bool) {
		for _, v := range list {
			some, ok := noticed(v, depth+1)
			objects, known = append(objects, some...), known || ok
		}
		return objects, known || len(list) == 0
	}
	switch v := value.(type) {
	case []any:
		return all(v)
	case string: // a message within a message
		if text := strings.TrimSpace(v); strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
			var inner any
			if json.Unmarshal([]byte(text), &inner) == nil {
				return noticed(inner, depth+1)
			}
		}
	case map[string]any:
		if keys, ok := v["s3ObjectKey"].([]any); ok {
			for _, k := range keys {
				objects = append(objects, Location{text(v["s3Bucket"]), text(k)})
			}
			return objects, true
		}
		if s3, ok := v["s3"].(map[string]any); ok {
			return s3Event(s3, text(v["eventName"])), true
		}
		if v["source"] == "aws.s3" {
			if detail, ok := v["detail"].(map[string]any); ok {
				return bridgeEvent(detail, text(v["detail-type"])), true
			}
		}
		if v["Event"] == "s3:TestEvent" || text(v["Type"]) == "SubscriptionConfirmation" {
			return nil, true // sent once, when notices are set up
		}
		for _, wrap := range []string{"Records", "Messages", "Message", "Sns", "Body", "body"} {
			if inner, ok := v[wrap]; ok {
				return noticed(inner, depth+1)
			}
		}
	}
	return nil, false
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
