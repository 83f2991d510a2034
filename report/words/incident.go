package words

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/page"
)

// Incident says what is shared by the groups of an incident and explains them.
// cause is the most frequent among them.
func Incident(in *aggregate.Incident, cause event.Cause) page.Text {
	s := &in.Shared
	why := aggregate.Cause{Cause: cause, PolicyARN: s.PolicyARN}
	switch {
	case in.Pattern == aggregate.Enumeration:
		return Caller(s.Principal) + " probes " + Plural(in.Buckets, "bucket")
	case in.Pattern == aggregate.ServiceDelivery && s.Bucket != "":
		return "AWS services cannot deliver to " + page.Name(s.Bucket)
	case s.PolicyARN != "":
		return clauseOn(why, "requests")
	case s.KMSKey != "":
		return "KMS key " + page.Name(s.KMSKey[strings.LastIndexByte(s.KMSKey, '/')+1:]) +
			" cannot be used or does not exist"
	case s.VPCEndpoint != "":
		return "the policy of VPC endpoint " + page.Name(s.VPCEndpoint) + " blocks requests"
	case s.Bucket != "":
		return clauseOn(why, "requests to "+page.Name(s.Bucket))
	case s.Principal != "":
		return clauseOn(why, "requests of "+Caller(s.Principal))
	case s.BucketAccount != "":
		return clauseOn(why, "requests to buckets of account "+page.Name(s.BucketAccount))
	case s.Account != "":
		return clauseOn(why, "requests of callers from account "+page.Name(s.Account))
	}
	return clauseOn(why, "requests")
}

// clauseOn says why requests were denied, and which.
func clauseOn(c aggregate.Cause, requests page.Text) page.Text {
	words, ok := clauseAbout(c, requests)
	if ok {
		return words
	}
	return words + " (" + requests + ")"
}
