package cli

import (
	"strings"
	"time"

	"trail403/aggregate/evaluate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/ingest/message"
	"trail403/report/advice"
)

// answer explains one message or denial.
type answer struct {
	denial     event.Denial
	resource   string
	adviceCase advice.Case
	advice     advice.Advice

	// now is when the answer is given: AWS keeps the details of a decision for a day.
	now  time.Time
	keys []advice.ContextKey // that the record shows

	explained evaluate.Explanation // by the files of --policies
	looked    bool                 // there are such files
}

// answerOfPasted explains a denial that a program printed.
func answerOfPasted(p *denial.Pasted) *answer {
	return adviseOn(p.Denial, advice.Case{Code: p.ErrorCode, RequestID: p.RequestID, SetsACL: p.ACL})
}

func unrecognized(text string) *answer {
	d := denial.OfMessage(text)
	d.Cause, d.WhyNotTold = event.Unrecognized, ""
	return answerOf(d)
}

func answerOf(d event.Denial) *answer { return adviseOn(d, advice.Case{}) }

// adviseOn explains a denial. What c says already is kept.
func adviseOn(d event.Denial, c advice.Case) *answer {
	a := &answer{denial: d, resource: resourceOf(&d)}
	a.adviceCase = advice.Case{
		Cause: d.Cause, WhyNotTold: d.WhyNotTold, PolicyARN: d.PolicyARN, Code: c.Code, RequestID: c.RequestID,
		Principal: d.Principal, PrincipalType: d.PrincipalType, CallerAccount: d.CallerAccount,
		Action: d.Action, DeniedAction: d.DeniedAction,
		Resource: a.resource, Bucket: d.Bucket, BucketAccount: d.BucketAccount, Behind: d.Behind, VPCEndpoint: d.VPCEndpoint,
		FromRecord: d.Source != "", ReadsObject: readsObject(d.Name),
		SetsACL: c.SetsACL, OwnTrail: d.Recipient != "" && d.Recipient == d.CallerAccount,
	}
	a.advice = advice.For(a.adviceCase)
	return a
}

// askAWS says how to ask AWS for the details of the decision, or for a simulation, as
// far as that helps.
func (a *answer) askAWS() (list []askable) {
	d := &a.denial
	if command, until := advice.AuthorizationCommand(d.Message, d.Time, a.now); command != "" {
		text := "AWS keeps the details of the decision for 24 hours, with the statements:"
		if !until.IsZero() {
			text = "Until " + until.Format(time.DateTime) + " UTC, AWS has the details of the decision, with the statements:"
		}
		list = append(list, askable{text, command})
	}
	if command := advice.Simulation(a.adviceCase, a.keys); command != "" && d.Source != "" {
		list = append(list, askable{"Simulate the request with the policies of today, except RCPs:", command})
	}
	if len(a.explained.Findings) > 0 && d.Source != "" {
		f := &a.explained.Findings[0]
		if command := advice.Trial(a.adviceCase, a.keys, f.Policy.Kind, f.Statement); command != "" {
			const text = "Try an edit of the statement on this request before you make it. No other policy counts here:"
			list = append(list, askable{text, command})
		}
	}
	return list
}

// askable is a command of the AWS CLI, and what it tells.
type askable struct{ text, command string }

// readsObject says whether a call reads an object, which a bare message does not
// tell.
func readsObject(eventName string) advice.Answer {
	if eventName == "" {
		return advice.Maybe
	}
	return advice.AnswerOf(advice.ReadsObject(eventName))
}

// resourceOf returns the requested resource: the one in the message, or else the
// ARN of the record's bucket or object.
func resourceOf(d *event.Denial) string {
	if m := message.Parse(d.Message); m.Resource != "" {
		return m.Resource
	}
	service, _, _ := strings.Cut(d.Source, ".")
	partition := partitionOf(d.Region)
	path := ""
	if d.Key != "" {
		path = "/" + d.Key
	}
	switch {
	case d.Bucket == "" || d.Source == "":
		return ""
	case strings.HasPrefix(d.Bucket, "arn:") && d.Key != "": // an access point
		return d.Bucket + "/object" + path
	case strings.HasPrefix(d.Bucket, "arn:"):
		return d.Bucket
	case service == "s3":
		return "arn:" + partition + ":s3:::" + d.Bucket + path
	case service == "s3express" && d.BucketAccount != "":
		// Objects of a directory bucket have no ARN of their own.
		// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3express.html
		return "arn:" + partition + ":s3express:" + d.Region + ":" + d.BucketAccount + ":bucket/" + d.Bucket
	}
	return "" // tables, vectors and Outposts have other forms of ARNs
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func partitionOf(region string) string {
	for _, p := range [...][2]string{
		{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"eusc-", "aws-eusc"},
		{"us-iso-", "aws-iso"}, {"us-isob-", "aws-iso-b"}, {"eu-isoe-", "aws-iso-e"}, {"us-isof-", "aws-iso-f"},
	} {
		if strings.HasPrefix(region, p[0]) {
			return p[1]
		}
	}
	return "aws"
}

// account returns the caller's account, or "".
func (a *answer) account() string {
	if a.denial.CallerAccount != "" {
		return a.denial.CallerAccount
	}
	return identity.AccountOf(a.denial.Principal)
}
