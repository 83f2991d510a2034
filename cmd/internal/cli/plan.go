package cli

import (
	"io"
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/pattern"
	"trail403/ingest/policydoc/live"
	"trail403/ingest/policyfile"
	"trail403/ingest/scan"
	"trail403/ingest/source/s3"
	"trail403/report"
	"trail403/report/parquet"
)

// plan is what a run of `trail403 report` does: the options of all packages, as the
// flags and arguments ask for them. What comes after it does not look at flags.
type plan struct {
	sources     []string // the arguments
	store       string
	objectsFrom string // a list of objects
	s3          s3.Options
	excluded    []string // the files of --exclude, which are read already
	policies    *policyfile.Files
	live        *live.Reader // nil without --live
	dryRun      bool
	confirm     bool // whether groups are fixed

	engine enginePlan

	ingest    ingest.Options
	aggregate aggregate.Options
	report    report.Options // as far as all outputs share them
	annotated bool           // with annotations of GitHub on standard error

	earlier    *earlier // nil if the report is compared with none
	newsName   string   // of --news
	news       *news    // nil without --news
	outputs    []output
	color      string
	conditions []condition
	quiet      bool
	noPager    bool
}

// plan reads the flags and arguments. It finds what is wrong with them before the run
// opens anything but the files of --exclude and --policies.
func (o *reportFlags) plan(env Env, args []string) (*plan, error) {
	p := &plan{
		sources: args, objectsFrom: o.objectsFrom, excluded: o.exclude,
		dryRun: o.dryRun, color: o.color, quiet: o.quiet, noPager: o.noPager,
	}
	steps := []func(Env, *plan) error{
		o.checkNumbers, o.checkCodes, o.planWindow, o.planSelection, o.planPolicies, o.planIngest,
		o.planStore, o.planHistory, o.planS3, o.planLive, o.planEngine, o.planReport, o.planOutputs, o.planEarlier,
	}
	for _, step := range steps {
		if err := step(env, p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// checkNumbers rejects numbers that are out of range.
func (o *reportFlags) checkNumbers(Env, *plan) error {
	switch {
	case o.top < 0:
		return usagef("--top %d is negative", o.top).hint("write 0 to show all groups")
	case o.workers < 0:
		return usagef("--workers %d is negative", o.workers).hint("write 0 to use one worker per processor")
	case o.fetchers < 1 || o.fetchers > 10_000:
		return usagef("--fetchers %d is out of range", o.fetchers).
			hint("write a number from 1 to 10000; S3 serves about 5,500 requests per second and prefix")
	case o.maxDepth < 1 || o.maxDepth > scan.MaxDepth:
		return usagef("--max-depth %d is out of range", o.maxDepth).hint("write a number from 1 to %d", scan.MaxDepth)
	case o.maxMembers < 1:
		return usagef("--max-members %d is out of range", o.maxMembers).hint("write a number of at least 1")
	case o.maxGroups < 1:
		return usagef("--max-groups %d is out of range", o.maxGroups).hint("write a number of at least 1")
	case o.maxRows < 1:
		return usagef("--max-rows %d is out of range", o.maxRows).hint("write a number of at least 1")
	}
	return nil
}

var awsRegion = pattern.New(`^[a-z]{2,5}(-[a-z]+){1,3}-\d$`)

// checkCodes rejects error codes and Regions that cannot exist.
func (o *reportFlags) checkCodes(Env, *plan) error {
	o.errorCodes, o.awsRegions = splitLists(o.errorCodes), splitLists(o.awsRegions)
	for _, c := range o.errorCodes {
		if c == "" {
			return usagef("--error-code is empty").hint("name a code as CloudTrail writes it, such as AccessDenied")
		}
	}
	for _, r := range o.awsRegions {
		if !awsRegion.MatchString(r) {
			return usagef("--aws-region %q is not the name of a Region", r).hint("write a name such as us-east-1")
		}
	}
	return nil
}

// planWindow sets the times that count.
func (o *reportFlags) planWindow(env Env, p *plan) (err error) {
	a := &p.aggregate
	now := env.Now()
	if a.Window, err = o.window(now); err != nil {
		return err
	}
	a.Present = now.UTC()
	if to := a.Window.To; !to.IsZero() && to.Before(a.Present) {
		a.Present = to
	}
	if o.recent != "" {
		if a.Recent, err = parseSpan("recent", o.recent); err != nil {
			return err
		}
	}
	a.ChangeWindow, err = parseSpan("change-window", o.changeWindow)
	return err
}

// planSelection sets which denials the report covers, and when the run fails a script.
func (o *reportFlags) planSelection(env Env, p *plan) (err error) {
	a := &p.aggregate
	if a.Select, err = o.selection(env.Now()); err != nil {
		return err
	}
	if a.By, err = o.dimensions(); err != nil {
		return err
	}
	a.Limits = &aggregate.Limits{Rows: o.maxRows, Groups: o.maxGroups}
	p.conditions, err = parseConditions(o.failOn, a.Present)
	a.IsCurrent = o.since != "" || isStaleAsked(p.conditions)
	return err
}

// planPolicies reads the files with policies.
func (o *reportFlags) planPolicies(_ Env, p *plan) (err error) {
	if p.policies, err = readPolicies(o.policies); err != nil {
		return err
	}
	p.aggregate.Policies = p.policies.Snapshots
	return nil
}

// planLive sets how AWS is asked for policies.
func (o *reportFlags) planLive(env Env, p *plan) (err error) {
	p.live, err = o.liveFlags.plan(env, o.profile, o.region)
	return err
}

// planIngest sets what is read.
func (o *reportFlags) planIngest(env Env, p *plan) error {
	p.ingest = ingest.Options{
		Accounts:      o.accounts(),
		Regions:       o.awsRegions,
		Workers:       o.workers,
		Fetchers:      o.fetchers,
		Retry:         env.Retry,
		ErrorCodes:    o.errorCodes,
		From:          p.aggregate.Window.From,
		To:            p.aggregate.Window.To,
		ChangesBefore: p.aggregate.ChangeWindow,
		MaxObject:     int64(o.maxObject),
		MaxRecord:     int64(o.maxRecord),
		MaxDepth:      o.maxDepth,
		MaxArchive:    int64(o.maxArchive),
		MaxMembers:    o.maxMembers,
		MaxTemp:       int64(o.maxTemp),
	}
	return nil
}

// planStore sets which store is read, and whether the sources are read once more.
func (o *reportFlags) planStore(_ Env, p *plan) error {
	p.store, p.confirm = o.store, o.confirm
	if err := o.checkConfirm(p.sources); err != nil {
		return err
	}
	return o.checkStore(p.sources, p.aggregate.Select)
}

// planHistory sets how much is read before the window.
func (o *reportFlags) planHistory(_ Env, p *plan) (err error) {
	in := &p.ingest
	switch {
	case o.history == "" && !in.From.IsZero():
		in.History, in.HistoryObjects = defaultHistory, defaultHistoryObjects
	case o.history == "", o.history == "0":
	case in.From.IsZero():
		return usagef("--history is the time before a window, and no flag sets the start of the window").
			hint("add --since or --from; without them, everything is in the window")
	default:
		in.History, err = parseSpan("history", o.history)
	}
	return err
}

// planS3 sets how S3 is asked.
func (o *reportFlags) planS3(env Env, p *plan) error {
	if e := o.endpoint; e != "" && !strings.HasPrefix(e, "http://") && !strings.HasPrefix(e, "https://") {
		return usagef("--endpoint-url does not start with http:// or https://").
			hint("write the complete URL, such as http://localhost:9000")
	}
	p.s3 = s3.Options{
		InFlight: o.fetchers, Profile: o.profile, Region: o.region, Endpoint: o.endpoint,
		RequestPayer: o.requestPayer, Retry: env.Retry, Stall: env.Stall,
	}
	return nil
}

// planEngine sets which engine scans, in commands that have the flags for one.
func (o *reportFlags) planEngine(_ Env, p *plan) (err error) {
	if o.changed == nil {
		return nil
	}
	p.engine, err = o.engineFlags.plan(p.sources, o.changed)
	p.ingest.Queries = p.engine.queries
	return err
}

// planReport sets what all reports share.
func (o *reportFlags) planReport(_ Env, p *plan) error {
	if _, err := oneOf("color", o.color, colors(), "values"); err != nil {
		return err
	}
	if p.annotated = o.annotations != ""; p.annotated {
		if _, err := oneOf("annotations", o.annotations, []string{"github"}, "places"); err != nil {
			return err
		}
	}
	p.report = report.Options{Top: o.top, Fit: int(o.fit), Suggest: o.suggest, Zeros: o.zeros, Timeline: o.svg}
	p.aggregate.Suggest = o.suggest
	return nil
}

// planEarlier sets what the report is compared with.
func (o *reportFlags) planEarlier(_ Env, p *plan) (err error) {
	if p.earlier, err = o.earlier(p.sources, p.aggregate.Window, p.conditions); err != nil {
		return err
	}
	if o.onlyNews && p.earlier == nil && o.news == "" {
		return usagef("--only-news needs an earlier report").
			hint("name it with --against FILE.json, compare with the time before using --against-window 7d, " +
				"or use --store STORE --news NAME")
	}
	p.newsName = o.news
	p.report.OnlyNews = o.onlyNews
	return nil
}

// planOutputs sets where reports go, and in which format.
func (o *reportFlags) planOutputs(env Env, p *plan) error {
	if o.format != "" && len(o.outputs) > 1 {
		return usagef("--format cannot be used with several -o").
			hint("the format of each -o follows from its name: %s; or write -o FORMAT:FILE", orList(extensions()))
	}
	tables, err := o.chosenTables()
	if err != nil {
		return err
	}
	names := o.outputs
	if len(names) == 0 {
		names = []string{"-"}
	}
	for _, value := range names {
		if strings.HasSuffix(value, "/") && len(value) > 1 && o.format == "" {
			p.outputs = append(p.outputs, folderOutputs(value, tables)...)
			continue
		}
		format, name, err := o.formatOf(env, value)
		if err != nil {
			return err
		}
		if k, _ := report.KindOf(format); k.Binary && name == "-" && env.IsTerminal(env.Stdout) {
			return usagef("a terminal cannot show %s", k.Title).hint("write it to a file: -o report%s", k.Extensions[0])
		}
		table, err := oneTable(name, format, tables)
		if err != nil {
			return err
		}
		p.outputs = append(p.outputs, output{name: name, format: format, table: table})
	}
	if o.svg == "-" {
		return usagef("--svg needs the name of a file, which Markdown shows").
			hint("write -o svg:- for the timeline alone on standard output")
	}
	if o.svg != "" {
		p.outputs = append(p.outputs, output{name: o.svg, format: report.SVG})
	}
	p.aggregate.Denials = slices.ContainsFunc(p.outputs, func(o output) bool { return o.table == parquet.Denials })
	return nil
}

// quieted returns env without a reader of progress and warnings, if --quiet asks for
// that.
func (p *plan) quieted(env Env) Env {
	if p.quiet {
		env.Stderr = io.Discard
	}
	return env
}
