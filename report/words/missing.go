package words

import (
	"fmt"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	"trail403/report/page"
)

// Lack is something that the data lacks, so that a report without it would look
// cleaner than things are.
type Lack struct {
	Label page.Text
	Text  page.Text // for a page
	Plain string    // the same for programs
	Brief string    // in a few words
}

// say adds a text of our own, with commands between backquotes.
func (l *Lack) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	l.Text += page.Quoted(text)
	l.Plain += strings.ReplaceAll(text, "`", "")
}

// end takes away what follows the last sentence.
func (l Lack) end() Lack {
	l.Text, l.Plain = page.Text(strings.TrimSuffix(string(l.Text), ". ")), strings.TrimSuffix(l.Plain, ". ")
	return l
}

// name adds a name from elsewhere.
func (l *Lack) name(s string) {
	l.Text += page.Name(s)
	l.Plain += s
}

// Missing returns what the data lacks. A report says it before anything else.
func Missing(r *aggregate.Result) (list []Lack) {
	c := &r.Coverage
	switch {
	case c.ReadNothing():
		list = append(list, nothingRead(c))
	case !c.DataEvents.Any() && len(c.DataEvents) > 0:
		list = append(list, noDataEvents(c))
	default:
		if accounts := c.DataEvents.Without(); len(accounts) > 0 {
			list = append(list, accountsWithout(accounts))
		}
	}
	if r.Stale {
		list = append(list, stale(c))
	}
	return list
}

// logWords names other kinds of logs.
var logWords = map[coverage.Log]string{
	coverage.FlowLog:         "VPC flow logs",
	coverage.LoadBalancerLog: "access logs of a load balancer",
	coverage.AccessLog:       "S3 server access logs",
}

// heldWords names what objects hold that were skipped for it.
var heldWords = []struct {
	reason coverage.Reason
	what   string
}{
	{coverage.SkipConfig, "AWS Config data"},
	{coverage.SkipS3Notification, "S3 event notifications"},
	{coverage.SkipDigest, "CloudTrail digests"},
	{coverage.SkipInsight, "CloudTrail Insights events"},
	{coverage.SkipAggregated, "aggregated events of CloudTrail"},
}

// nothingRead says what was found in place of records, and what to read instead.
func nothingRead(c *coverage.Coverage) Lack {
	l := Lack{Label: "No data", Brief: "no CloudTrail record was read; the report says what was found"}
	o := &c.Objects
	switch n := c.Records.Malformed; {
	case o.Listed == 0 && len(c.Pruned) > 0:
		l.say("The sources have no object outside of folders that contain no requested records. ")
	case o.Listed == 0:
		l.say("The sources have no object. ")
	case n > 0:
		l.say("All %s that were read are malformed. ", numbered(n, "record"))
	default:
		l.say("No object that was found has a CloudTrail record that could be read. ")
	}
	for _, kind := range coverage.Logs() {
		if s := c.OtherLogs[kind]; s.Objects > 0 {
			l.say("%s %s like %s, such as ", numbered(s.Objects, "object"), verb(s.Objects, "look"), logWords[kind])
			l.name(s.Name)
			l.say(". ")
		}
	}
	for _, h := range heldWords {
		if n := o.Skipped[h.reason]; n > 0 {
			l.say("%s %s %s. ", numbered(n, "object"), verb(n, "hold"), h.what)
		}
	}
	if n := o.Skipped[coverage.SkipNotSelected]; n > 0 {
		l.say("%s %s to accounts or Regions that `--account` and `--aws-region` do not select. ",
			numbered(n, "object"), verb(n, "belong"))
	}
	if o.Failed+o.Skipped[coverage.SkipNotSelected]+o.Skipped[coverage.SkipOutsideWindow] > 0 && !c.IsForeign() {
		return l.end() // it may well be the trail
	}
	l.say("A trail delivers its records to folders such as `AWSLogs/ACCOUNT/CloudTrail/REGION/` of a bucket: " +
		"read s3://BUCKET/PREFIX, or a copy of it. To list the buckets and prefixes of your trails, run " +
		"`aws cloudtrail describe-trails --query 'trailList[].[Name,S3BucketName,S3KeyPrefix]' --output text`")
	return l
}

const (
	userGuide        = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"
	dataEventsPage   = userGuide + "logging-data-events-with-cloudtrail.html"
	getSelectors     = "aws cloudtrail get-event-selectors --trail-name TRAIL"
	putSelectors     = "aws cloudtrail put-event-selectors --trail-name TRAIL --advanced-event-selectors " + selectors
	selectors        = "'[" + allManagement + "," + objectSelectors + "]'"
	allManagement    = `{"Name":"management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}`
	objectSelectors  = `{"Name":"S3 objects","FieldSelectors":[` + dataSelector + `,` + resourceSelector + `]}`
	dataSelector     = `{"Field":"eventCategory","Equals":["Data"]}`
	resourceSelector = `{"Field":"resources.type","Equals":["AWS::S3::Object"]}`
)

// howToLog says how to make a trail log data events.
func (l *Lack) howToLog() {
	l.say("By default, a trail logs only management events. How to log data events, which AWS charges for: %s. "+
		"To see what the trail logs now, run `%s`. "+
		"To make it log all management events and all requests for S3 objects, and nothing else, run `%s`",
		dataEventsPage, getSelectors, putSelectors)
}

func noDataEvents(c *coverage.Coverage) Lack {
	l := Lack{
		Label: "No data events",
		Brief: "no S3 data event was read: denied requests for objects may not be logged",
	}
	l.say("No S3 data event is among %s. Unless the trail logs data events, denied requests for objects "+
		"(`GetObject`, `PutObject` and others) cannot show here. ", wereRead(c.Records.Seen))
	l.howToLog()
	return l
}

func wereRead(records int) string {
	if records == 1 {
		return "the 1 record that was read"
	}
	return fmt.Sprintf("the %s that were read", numbered(records, "record"))
}

// accountsWithout is about accounts that have no data event while others have some.
func accountsWithout(accounts []string) Lack {
	l := Lack{Label: "No data events", Brief: "no S3 data event of " + numbered(len(accounts), "account") +
		" was read: denied requests for objects may not be logged there"}
	shown := accounts[:min(len(accounts), MaxThings)]
	rest := ""
	if n := len(accounts) - len(shown); n > 0 {
		rest = fmt.Sprintf(" and %s", numbered(n, "other account"))
	}
	noun := "account"
	if len(accounts) > 1 {
		noun += "s"
	}
	l.say("No S3 data event is among the records of %s %s%s, although other accounts have some. "+
		"Unless the trail logs data events there, denied requests for objects cannot show here. ",
		noun, strings.Join(shown, ", "), rest)
	l.howToLog()
	return l
}

// stale says that the data ended some time ago. It names no age: the same objects give
// the same report an hour later.
func stale(c *coverage.Coverage) Lack {
	at := string(Minute(c.Delivered)) + " UTC"
	l := Lack{Label: "Old data", Brief: "the last object was delivered hours ago, at " + at}
	l.say("CloudTrail delivered the last object that was read at %s, "+
		"hours before the end of the time that this report is about. "+
		"Later denials cannot show here. To see whether the trail still delivers, "+
		"run `aws cloudtrail get-trail-status --name TRAIL`", at)
	return l
}

// numbered counts things, without markup.
func numbered(n int, noun string) string { return string(Plural(n, page.Text(noun))) }

// verb makes a verb agree with a number of things.
func verb(n int, plural string) string {
	if n == 1 {
		return plural + "s"
	}
	return plural
}
