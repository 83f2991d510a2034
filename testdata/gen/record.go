package main

import (
	"slices"
	"strconv"
	"time"
)

// An s3Record is what the copies of one call's record have in common.
type s3Record struct {
	call
	draw      draw
	version   string
	requestID string
	hostID    string
	sharedID  string

	// Drawn only once, so that the copies agree.
	parameters object
	additional object
}

// newS3Record draws what the copies share.
func (s *story) newS3Record(c call) *s3Record {
	r := &s3Record{call: c, draw: s.draw, version: s.draw.eventVersion(), requestID: s.draw.requestID(), hostID: hostID(c.bucket.name, c.at)}
	r.parameters, r.additional = r.drawParameters(), r.drawAdditional()
	return r
}

// eventVersion is 1.11 in most records of 2026.
func (d draw) eventVersion() string {
	if d.chance(0.93) {
		return "1.11"
	}
	return pick(d, "1.08", "1.09", "1.10")
}

// record returns the copy for the account that receives it. told is the account that
// the bucket's resource names.
func (r *s3Record) record(who object, recipient, told string) object {
	a := apis[r.api]
	o := obj(
		"eventVersion", r.version,
		"userIdentity", who,
		"eventTime", r.at.Format(time.RFC3339),
		"eventSource", r.source,
		"eventName", r.api,
		"awsRegion", r.region,
		"sourceIPAddress", r.from.ip,
		"userAgent", r.agent(),
	)
	if code, message := r.failure(); code != "" {
		o = o.with("errorCode", code)
		if message != "" {
			o = o.with("errorMessage", message)
		}
	}
	o = o.with("requestParameters", r.parameters)
	var reply any
	if r.reply != nil && r.refused == nil {
		reply = r.reply
	}
	o = append(o,
		member{"responseElements", reply},
		member{"additionalEventData", r.additional},
		member{"requestID", r.requestID},
		member{"eventID", r.draw.uuid()},
		member{"readOnly", !a.write},
	)
	if resources := r.resources(told); len(resources) > 0 {
		o = o.with("resources", resources)
	}
	category := "Data"
	if a.management {
		category = "Management"
	}
	o = append(o,
		member{"eventType", "AwsApiCall"},
		member{"managementEvent", a.management},
		member{"recipientAccountId", recipient},
	)
	if r.sharedID != "" {
		o = o.with("sharedEventID", r.sharedID)
	}
	if r.from.endpoint != "" {
		o = o.with("vpcEndpointId", r.from.endpoint)
		if r.version != "1.08" {
			o = o.with("vpcEndpointAccountId", endpointOwners[r.from.endpoint])
		}
	}
	o = o.with("eventCategory", category)
	if r.who.service == "" {
		o = o.with("tlsDetails", obj("tlsVersion", "TLSv1.3", "cipherSuite", "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader", r.host()))
	}
	if r.reshape != nil {
		o = r.reshape(o)
	}
	return o
}

// agent returns the user agent in brackets, as S3 writes it, except for services.
func (r *s3Record) agent() string {
	if r.from.ip == r.from.agent {
		return r.from.agent
	}
	return "[" + r.from.agent + "]"
}

func (r *s3Record) failure() (code, message string) {
	if r.refused == nil {
		return r.fails.code, r.fails.message
	}
	code = r.refused.code
	if code == "" {
		code = "AccessDenied"
	}
	if r.refused.silent {
		return code, ""
	}
	action, resource := r.refused.action, r.refused.resource
	if action == "" {
		action = r.needs()
	}
	if resource == "" {
		resource = r.resource()
	}
	return code, r.refused.words(r.who.arn(), action, resource)
}

func (r *s3Record) drawParameters() object {
	o := object{}
	if r.bucket.name != "" && !apis[r.api].control {
		o = obj("bucketName", r.bucket.name)
	}
	host, objectKey := member{"Host", r.host()}, member{"key", r.key}
	switch {
	case r.key == "":
		o = append(o, host)
	case r.draw.chance(0.5):
		o = append(o, host, objectKey)
	default:
		o = append(o, objectKey, host)
	}
	o = slices.Concat(o, apis[r.api].parameters)
	for _, m := range r.params {
		o = o.with(m.name, m.value)
	}
	return o
}

// drawAdditional returns what S3 adds: sizes as integers or with a fraction, and a
// signature unless the caller is anonymous.
func (r *s3Record) drawAdditional() object {
	in, out := 0, 243+r.draw.IntN(300)
	if r.refused == nil && r.fails.code == "" {
		in, out = 0, 800+r.draw.IntN(90_000)
		if apis[r.api].management {
			out = 400 + r.draw.IntN(1_200)
		}
		if apis[r.api].write {
			in, out = out, 0
		}
	}
	size := func(n int) any { return n }
	if r.draw.chance(0.1) {
		size = func(n int) any { return float(strconv.Itoa(n)) }
	}
	o := object{}
	if r.who.account != "anonymous" {
		o = obj("SignatureVersion", "SigV4")
	}
	o = append(o, member{"CipherSuite", "TLS_AES_128_GCM_SHA256"}, member{"bytesTransferredIn", size(in)})
	if r.who.account != "anonymous" {
		method := "AuthHeader"
		if r.params.get("X-Amz-Algorithm") != nil {
			method = "QueryString"
		}
		o = o.with("AuthenticationMethod", method)
	}
	if r.api == "PutObject" && in > 0 {
		o = o.with("SSEApplied", "Default_SSE_S3")
	}
	return append(o, member{"x-amz-id-2", r.hostID}, member{"bytesTransferredOut", size(out)})
}

// resources names the object and its bucket, in either order.
func (r *s3Record) resources(told string) []object {
	if r.bucket.name == "" {
		return nil
	}
	kind, arn := "AWS::S3::", r.bucket.arn()
	if r.source == "s3express.amazonaws.com" {
		arn = "arn:aws:s3express:" + r.bucket.region + ":" + r.bucket.owner + ":bucket/" + r.bucket.name
		return []object{obj("accountId", told, "type", "AWS::S3Express::DirectoryBucket", "ARN", arn)}
	}
	list := []object{obj("accountId", told, "type", kind+"Bucket", "ARN", arn)}
	switch {
	case r.api == "ListObjects" || r.api == "HeadBucket":
		list = append(list, obj("type", kind+"Object", "ARNPrefix", arn+"/"))
	case r.key != "":
		list = append(list, obj("type", kind+"Object", "ARN", arn+"/"+r.key))
	}
	if r.draw.chance(0.5) {
		slices.Reverse(list)
	}
	return list
}
