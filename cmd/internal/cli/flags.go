package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/ingest"
	"trail403/report"
	"trail403/report/parquet"
)

// reportFlags are the flags of `trail403 report`, as the command line gives them.
// plan.go says what a run does with them.
type reportFlags struct {
	// What is written, where and how.
	outputs       []string
	format, color string
	tables        []string
	zeros         bool
	noPager       bool
	top           int
	by            []string
	suggest       bool

	// What the report is compared with.
	against, againstWindow string
	onlyNews               bool
	confirm                bool
	news                   string
	fit                    fitSize
	annotations            string
	svg                    string

	// Which events count, and how.
	from, to, since  string
	globs            map[filter.Field]*[]string
	exclude          []string
	interval, recent string
	history          string
	changeWindow     string
	errorCodes       []string
	policies         []string

	// Where the objects are, and which of them are read.
	store                     string
	awsRegions                []string
	objectsFrom               string
	dryRun                    bool
	fetchers                  int
	profile, region, endpoint string
	requestPayer              bool

	engineFlags
	liveFlags

	changed func(flag string) bool // whether the command line has the flag

	// What a script needs.
	failOn []string
	quiet  bool

	// What a run may use.
	workers              int
	maxObject, maxRecord byteSize
	maxArchive, maxTemp  byteSize
	maxDepth, maxMembers int
	maxGroups, maxRows   int
}

// set returns the flags, with what help says about each of them.
func (o *reportFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("report", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	o.outputFlags(fs)
	o.eventFlags(fs)
	o.storeFlag(fs)
	o.sourceFlags(fs)
	o.liveFlags.add(fs)
	o.engineFlags.add(fs)
	o.scriptFlags(fs)
	o.limitFlags(fs)
	o.changed = fs.Changed
	return fs
}

func (o *reportFlags) outputFlags(fs *pflag.FlagSet) {
	fs.StringArrayVarP(&o.outputs, "output", "o", nil,
		"write the report to `FILE`, in the format of its name ("+strings.Join(extensions(), " ")+
			"), or to standard output (-). FORMAT:FILE names the format. "+
			"A name that ends in / is a folder for all tables in Parquet")
	fs.StringVar(&o.format, "format", "",
		"write standard output, or the file of a single -o, in `FORMAT`: "+orList(report.Formats())+
			" (default: text on a terminal, otherwise markdown)")
	fs.StringVar(&o.color, "color", colorAuto,
		"color text `WHEN`: auto (on a terminal, unless NO_COLOR is set), always or never")
	fs.BoolVar(&o.noPager, "no-pager", false, "write text that is longer than the screen to the terminal, not to a pager")
	fs.IntVar(&o.top, "top", 25, "show at most `N` groups in Markdown and text (0 shows all)")
	fs.StringVar(&o.annotations, "annotations", "",
		"print alarms, ongoing incidents and missing data to standard error as annotations of `PLACE`: github")
	fs.Var(&o.fit, "fit", "leave out sections of Markdown from the end until it has at most `SIZE`: "+
		"github-summary, github-comment or a number of bytes")
	fs.StringVar(&o.svg, "svg", "", "write the timeline as a picture to `FILE`, which Markdown shows")
	fs.StringArrayVar(&o.by, "by", nil,
		"count denials by these `DIMENSIONS` in Markdown and text, instead of by group: "+
			strings.Join(texts(aggregate.Dimensions()), ", ")+"; in any order")
	fs.BoolVar(&o.suggest, "suggest", false,
		"suggest policy statements for requests that no policy allowed. Review each one: the denial may be intended")
	fs.StringVar(&o.against, "against", "", "say what changed since the earlier JSON report in `FILE`")
	fs.StringVar(&o.againstWindow, "against-window", "",
		"say what changed since the window of `SPAN` before this one; reads the sources twice")
	fs.StringVar(&o.news, "news", "",
		"with --store, compare with the last report of the same `NAME`, which the store remembers")
	fs.BoolVar(&o.onlyNews, "only-news", false,
		"leave brief, slack and teams empty if no group is new and no incident started, was fixed, was proven or ended")
	o.confirmFlag(fs)
	fs.StringArrayVar(&o.tables, "table", nil,
		"write this `TABLE` to Parquet, CSV or a folder: "+orList(parquet.Tables())+
			" (default: series to Parquet, groups to CSV, all to a folder)")
	fs.BoolVar(&o.zeros, "zeros", false, "add the intervals without denials to the table series")
}

func (o *reportFlags) confirmFlag(fs *pflag.FlagSet) {
	fs.BoolVar(&o.confirm, "confirm-fixes", false,
		"say of each group if the same caller succeeds since its last denial; reads the sources twice")
}

// The history that is read if no flag sets it. An hour of an organization may have
// thousands of objects, and each one is a request.
const (
	defaultHistory        = 14 * 24 * time.Hour
	defaultHistoryObjects = 20_000
)

// filterFields returns the fields that flags can filter by.
func filterFields() []filter.Field {
	return slices.Concat(filter.Fields(), filter.EventFields(), filter.FoundFields())
}

// filterHelp is the help of the flag of each field.
var filterHelp = map[filter.Field]string{
	filter.Principal: "show only denials of principals that match `GLOB`, a complete ARN or a name: reader, *:role/ci-*",
	filter.Action:    "show only denials of actions that match `GLOB`: s3:GetObject, Put*",
	filter.Bucket:    "show only denials on buckets that match `GLOB`: corp-*",
	filter.Account: "show only denials that involve an account matching `GLOB`: " +
		"the principal's, the bucket's or the trail's",
	filter.Cause:       "show only denials with causes that match `GLOB`: kms-key, scp-*, *-explicit",
	filter.Session:     "show only denials of sessions that match `GLOB`: i-0bfc4291dd0acd279, build-*",
	filter.IP:          "show only denials from `ADDRESS`, a network or a glob: 10.0.0.1, 10.0.0.0/8, *.amazonaws.com",
	filter.UserAgent:   "show only denials of user agents that contain `TEXT`, or match it as a glob: Boto3/1.34",
	filter.VPCEndpoint: "show only denials through VPC endpoints that match `GLOB`: vpce-0a1b2c3d4e5f60718",
	filter.EventRegion: "show only denials in Regions that match `GLOB`: eu-*",
	filter.Key:         "show only denials of object keys that begin with `PREFIX`, or match it as a glob: reports/2026/, *.csv",
	filter.EventID:     "show only the events with `ID`",
	filter.RequestID:   "show only the requests with `ID`, as S3 returned it (x-amz-request-id, x-amz-id-2 or an authorization id)",
	filter.AccessKey:   "show only denials of requests that were signed with the access key `ID`, which is not printed",
	filter.Group:       "show only the group with `ID`, as reports print it: g-5d45da359f52",
	filter.Incident:    "show only the incident with `ID`, as reports print it: i-5be02c77a1d9",

	filter.Policy: "show only denials by policies that match `GLOB`, a complete ARN or a name: p-6v4y751d",
}

// policiesHelp is the help of --policies.
const policiesHelp = "also read policies from `PATH`, a file or folder: output of the AWS CLI, iam-collect, " +
	"Terraform, CloudFormation or AWS Config"

func (o *reportFlags) eventFlags(fs *pflag.FlagSet) {
	fs.StringVar(&o.from, "from", "", "count only events at `TIME` or later: 2026-10-01 or 2026-10-01T09:00:00Z, in UTC")
	fs.StringVar(&o.to, "to", "", "count only events before `TIME`")
	fs.StringVar(&o.since, "since", "", "count only events of the last `SPAN`: 90m, 36h, 7d, 2w")
	o.globs = map[filter.Field]*[]string{}
	for _, f := range filterFields() {
		o.globs[f] = fs.StringArray(string(f), nil, filterHelp[f])
	}
	fs.StringArrayVar(&o.exclude, "exclude", nil,
		"leave out known noise by the rules in `FILE`, one per line: "+
			"principal=scanner action=s3:List* until=2026-12-31  # why")
	fs.StringVar(&o.interval, "interval", "auto", "count denials per `STEP`: auto, 1h, 6h, 1d, 7d …")
	fs.StringVar(&o.recent, "recent", "",
		"treat the last `SPAN` as recent (default: 3d or a tenth of the window, whichever is longer)")
	fs.StringVar(&o.history, "history", "",
		"with --from or --since, also read the `SPAN` before the window, to know what is usual; 0 reads none "+
			"(default: 14d, and of S3 at most "+humanize.Comma(defaultHistoryObjects)+" objects)")
	fs.StringVar(&o.changeWindow, "change-window", "6h",
		"list access changes up to `SPAN` before an incident started, or after it ended")
	fs.StringArrayVar(&o.policies, "policies", nil, policiesHelp)
	fs.StringArrayVar(&o.errorCodes, "error-code", nil,
		"count events with the error code `CODE` as denials, instead of those with S3's access denied codes")
}

func (o *reportFlags) storeFlag(fs *pflag.FlagSet) {
	fs.StringVar(&o.store, "store", "",
		"read `STORE`, a folder or s3://BUCKET/PREFIX that trail403 collect fills, in place of or beside SOURCE")
}

func (o *reportFlags) sourceFlags(fs *pflag.FlagSet) {
	fs.StringArrayVar(&o.awsRegions, "aws-region", nil, "read only objects of `REGION`, as far as their paths show it")
	fs.StringVar(&o.objectsFrom, "objects-from", "",
		"read the objects that `FILE` lists (- is standard input): one S3 URL, key of SOURCE s3://BUCKET or path per line, "+
			"or SNS and SQS notifications")
	fs.BoolVar(&o.dryRun, "dry-run", false, "list the objects and show what a run would read, without reading it")
	fs.IntVar(&o.fetchers, "fetchers", ingest.DefaultFetchers, "make up to `N` requests to S3 at a time")
	fs.StringVar(&o.profile, "profile", "", "use `PROFILE` of the AWS configuration")
	fs.StringVar(&o.region, "region", "",
		"send the first request to `REGION` (trail403 finds the Region of each bucket itself)")
	fs.StringVar(&o.endpoint, "endpoint-url", "", "use the S3 server at `URL`")
	fs.BoolVar(&o.requestPayer, "request-payer", false, "pay for the requests to requester-pays buckets")
}

func (o *reportFlags) scriptFlags(fs *pflag.FlagSet) {
	fs.StringArrayVar(&o.failOn, "fail-on", nil,
		"exit with code 4 if `CONDITION` holds: "+strings.Join(conditionNames(), ", ")+
			". incident holds only if an incident has recent denials. "+
			"news and worse need --against, --against-window or --news. Quote a condition that contains >")
	fs.BoolVarP(&o.quiet, "quiet", "q", false,
		"print only errors, and the conditions of --fail-on that hold, on standard error")
}

func (o *reportFlags) limitFlags(fs *pflag.FlagSet) {
	o.objectLimitFlags(fs)
	fs.IntVar(&o.maxGroups, "max-groups", aggregate.DefaultMaxGroups, "fail if there are more than `N` groups")
	fs.IntVar(&o.maxRows, "max-rows", aggregate.DefaultMaxRows,
		"fail if there are more than `N` denials, including copies")
}

// objectLimitFlags are the limits of reading one object.
func (o *reportFlags) objectLimitFlags(fs *pflag.FlagSet) {
	o.maxObject, o.maxRecord = ingest.DefaultMaxObject, ingest.DefaultMaxRecord
	o.maxArchive, o.maxTemp = ingest.DefaultMaxArchive, ingest.DefaultMaxTemp
	fs.IntVar(&o.workers, "workers", 0, "decode `N` objects at a time (default: one per processor)")
	fs.Var(&o.maxObject, "max-object-size", "fail an object that is larger than `SIZE` when decompressed")
	fs.Var(&o.maxRecord, "max-record-size", "fail an object that has a record larger than `SIZE`")
	fs.IntVar(&o.maxDepth, "max-depth", ingest.DefaultMaxDepth,
		"fail an object that has a record nested more than `N` levels deep")
	fs.Var(&o.maxArchive, "max-archive-size",
		"fail an archive that is larger than `SIZE` when it and its members are decompressed")
	fs.IntVar(&o.maxMembers, "max-members", ingest.DefaultMaxMembers,
		"fail an archive that has more than `N` members")
	fs.Var(&o.maxTemp, "max-temp-size", "fail a zip archive or Parquet file whose temporary copy would be larger than `SIZE`")
}
