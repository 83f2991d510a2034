package ingest

import "trail403/ingest/scan"

// shape judges one JSON value: "" if it is a CloudTrail record, else why an
// object that begins with it is skipped. The first value of an object decides
// for all: files hold one kind of thing.
func shape(value []byte) Reason {
	if len(value) == 0 || value[0] != '{' {
		return SkipNotCloudTrail
	}
	var record, named, s3Event, envelope int
	for key, v := range scan.Members(value) {
		switch string(key) {
		case "eventVersion", "userIdentity", "eventTime", "eventSource":
			record++
			if string(v) == `"aws:s3"` {
				s3Event++
			}
		case "eventName":
			named++
		case "eventType":
			// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
			switch string(v) {
			case `"AwsCloudTrailInsight"`:
				return SkipInsight
			case `"AwsAggregatedEvent"`:
				return SkipAggregated
			}
		case "digestS3Object", "digestPublicKeyFingerprint":
			return SkipDigest
		case "configurationItems", "configSnapshotId":
			return SkipConfig
		case "s3":
			s3Event++
		case "Events", "logEvents", "events", "detail", "CloudTrailEvent", "QueryResultRows":
			envelope++
		}
	}
	switch {
	case s3Event > 0 && record > 0:
		// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
		return SkipS3Notification
	case record > 0 && named > 0, record > 1:
		return ""
	case envelope > 0:
		return SkipUnsupported
	}
	return SkipNotCloudTrail
}

// looksLikeJSON says whether a text may be a JSON document that holds objects,
// going by its first bytes. What does not is no CloudTrail, rather than broken.
func looksLikeJSON(head []byte) bool {
	i := 0
	next := func() byte {
		for ; i < len(head); i++ {
			if c := head[i]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
				i++
				return c
			}
		}
		return 0 // the text ends: it may be anything
	}
	switch next() {
	case '{':
		c := next()
		return c == '"' || c == '}' || c == 0
	case '[':
		c := next()
		return c == '{' || c == '[' || c == ']' || c == '"' || c == 0 || c == '-' || c >= '0' && c <= '9'
	}
	return false
}
