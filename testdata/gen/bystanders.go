package main

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"time"
)

// The bucket and the trail that the files come from.
const (
	logBucket = "org-cloudtrail-logs"
	trailName = "org-trail"
)

// bystanders are the files in a trail's bucket that contain no records of requests.
func (g *generator) bystanders(logs []*file) []*file {
	d := newDraw(g.seed, "bystanders")
	files := digests(d, logs)

	// One digest is among the log files by mistake, and so is a notification.
	stray := *files[len(files)-1]
	stray.kind = "stray-digest"
	stray.path = path.Join("AWSLogs", organization, appAccount, "CloudTrail", east, "2026/10/28", path.Base(stray.path))
	return append(files, &stray, notification(d), insight(d), aggregated(d), readme())
}

// digests is a chain of four hourly digest files. The first one starts the chain, and
// the third one has a log file to name. Their signatures have the length of real ones
// but verify with no key.
func digests(d draw, logs []*file) []*file {
	var files []*file
	var previousObject, previousHash, previousSignature any
	fingerprint := d.hex(32)
	for start := on(28, 9, 55, 0); start.Before(on(28, 13, 55, 0)); start = start.Add(time.Hour) {
		end := start.Add(time.Hour)
		object := path.Join("AWSLogs", organization, appAccount, "CloudTrail-Digest", east, end.Format("2006/01/02"),
			appAccount+"_CloudTrail-Digest_"+east+"_"+trailName+"_"+east+"_"+end.Format("20060102T150405Z")+".json.gz")
		named := []any{}
		var newest, oldest any
		for _, f := range logs {
			if f.kind == "trail" && strings.Contains(f.path, "/"+appAccount+"/CloudTrail/"+east+"/") && !f.delivered.Before(start) && f.delivered.Before(end) {
				first, last := f.span()
				newest, oldest = last.Format(time.RFC3339), first.Format(time.RFC3339)
				named = append(named, obj("s3Bucket", logBucket, "s3Object", f.path, "hashValue", sum(f.body), "hashAlgorithm", "SHA-256",
					"newestEventTime", newest, "oldestEventTime", oldest))
			}
		}
		var previousBucket, algorithm any
		if previousObject != nil {
			previousBucket, algorithm = logBucket, "SHA-256"
		}
		body := encode(obj(
			"awsAccountId", appAccount, "digestStartTime", start.Format(time.RFC3339), "digestEndTime", end.Format(time.RFC3339),
			"digestS3Bucket", logBucket, "digestS3Object", object,
			"digestPublicKeyFingerprint", fingerprint, "digestSignatureAlgorithm", "SHA256withRSA",
			"newestEventTime", newest, "oldestEventTime", oldest,
			"previousDigestS3Bucket", previousBucket, "previousDigestS3Object", previousObject,
			"previousDigestHashValue", previousHash, "previousDigestHashAlgorithm", algorithm, "previousDigestSignature", previousSignature,
			"logFiles", named))
		files = append(files, &file{kind: "digest", path: object, delivered: end, body: body})
		previousObject, previousHash, previousSignature = object, sum(body), d.hex(512)
	}
	return files
}

// span returns the times of the first and last event of the file.
func (f *file) span() (first, last time.Time) {
	for _, e := range f.entries {
		at, err := time.Parse(time.RFC3339, e.record.get("eventTime").(string))
		if err != nil {
			panic(err) // this program wrote it
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	return first, last
}

func sum(body []byte) string {
	h := sha256.Sum256(body)
	return hex.EncodeToString(h[:])
}

// notification is an S3 event notification that somebody stored in the trail's folder.
// It also has a member named Records.
func notification(d draw) *file {
	record := obj("eventVersion", "2.1", "eventSource", "aws:s3", "awsRegion", east, "eventTime", "2026-10-21T06:14:33.112Z", "eventName", "ObjectCreated:Put",
		"userIdentity", obj("principalId", "AWS:"+deployer.uniqueID()+":GitHubActions"),
		"requestParameters", obj("sourceIPAddress", "203.0.113.142"),
		"responseElements", obj("x-amz-request-id", d.requestID(), "x-amz-id-2", hostID(corpData.name, on(21, 6, 14, 33))),
		"s3", obj("s3SchemaVersion", "1.0", "configurationId", "on-upload", "bucket", obj("name", corpData.name, "ownerIdentity", obj("principalId", "A3NL1KOZZKEXAMPLE"), "arn", corpData.arn()),
			"object", obj("key", "releases/2026/10/21/bundle+final.tgz", "size", 104857, "eTag", d.hex(32), "sequencer", "0066F1A2B3C4D5E6F7")))
	return &file{kind: "s3-notification", path: path.Join("AWSLogs", organization, dataAccount, "CloudTrail", east, "2026/10/21/2026-10-21-06-14-33-5C1F2A7B9D3E4F60.json"),
		body: append(encode(obj("Records", []object{record})), '\n')}
}

// insight is a file of CloudTrail Insights about the thumbnailer's errors of October 30.
func insight(d draw) *file {
	statistics := obj("baseline", obj("average", 0.0063), "insight", obj("average", 0.0781), "insightDuration", 960, "baselineDuration", 11336)
	record := obj("eventVersion", "1.09", "eventTime", "2026-10-30T06:40:00Z", "awsRegion", east, "eventID", d.uuid(), "eventType", "AwsCloudTrailInsight",
		"recipientAccountId", appAccount, "sharedEventID", d.uuid(),
		"insightDetails", obj("state", "Start", "eventSource", "s3.amazonaws.com", "eventName", "GetObject", "insightType", "ApiErrorRateInsight", "errorCode", "AccessDenied",
			"insightContext", obj("statistics", statistics)),
		"eventCategory", "Insight")
	return &file{kind: "insight", path: trail{appAccount, "CloudTrail-Insight", east}.path(d, on(30, 6, 58, 0)), body: encode(obj("Records", []object{record}))}
}

// aggregated is a file of five-minute summaries of data events.
func aggregated(d draw) *file {
	record := obj("eventVersion", "1.0", "accountId", appAccount, "eventId", d.uuid(), "eventCategory", "Aggregated", "eventType", "AwsAggregatedEvent",
		"awsRegion", east, "eventSource", "s3.amazonaws.com",
		"timeWindow", obj("windowStart", "2026-10-30T06:35:00Z", "windowEnd", "2026-10-30T06:40:00Z", "windowSize", "PT5M"),
		"summary", obj("primaryDimension", obj("dimension", "eventName", "statistics", []object{obj("name", "GetObject", "value", 41), obj("name", "PutObject", "value", 3)}, "aggregationType", "Count"),
			"details", []object{obj("dimension", "errorCode", "statistics", []object{obj("name", "AccessDenied", "value", 12)}, "aggregationType", "Count")}))
	return &file{kind: "aggregated", path: trail{appAccount, "CloudTrail-Aggregated", east}.path(d, on(30, 6, 44, 0)), body: encode(obj("Records", []object{record}))}
}

func readme() *file {
	return &file{kind: "not-cloudtrail", path: path.Join("AWSLogs", organization, "README.txt"),
		body: []byte("CloudTrail logs of the example organization. Objects older than 400 days are removed.\nQuestions: the platform team.\n")}
}
