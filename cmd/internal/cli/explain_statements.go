package cli

import (
	stdcontext "context"
	"slices"
	"strconv"
	"strings"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	context "trail403/ingest/condition"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/ingest/policydoc/live"
	"trail403/report/advice"
)

// library holds the policies of --policies, and those that AWS returned.
type library struct {
	ctx   stdcontext.Context
	files []event.Snapshot
	live  *live.Reader // nil without --live
	book  *document.Book
	found *event.Reading // nil before AWS was asked
	now   time.Time      // for a message, which has no time
}

// newLibrary returns nil if there are neither files nor a reader.
func newLibrary(ctx stdcontext.Context, files []event.Snapshot, reader *live.Reader, now time.Time) *library {
	if reader == nil && len(files) == 0 {
		return nil
	}
	return &library{ctx: ctx, files: files, live: reader, book: document.New(nil, files...), now: now}
}

// reading returns what AWS returned, nil if it was not asked.
func (l *library) reading() *event.Reading {
	if l == nil {
		return nil
	}
	return l.found
}

// ask asks AWS for the policies that a denial names. What is known already it does not ask
// for again.
func (l *library) ask(d *event.Denial, r *evaluate.Request) {
	if l.live == nil {
		return
	}
	before := l.found
	l.found = l.live.Read(l.ctx, document.Wanted(d, r))
	if before == nil || len(l.found.Snapshots) > len(before.Snapshots) {
		l.book = document.New(nil, slices.Concat(l.files, l.found.Snapshots)...)
	}
}

// explain adds to the answer what the policies say about the denial. There is no record
// of a message.
func (l *library) explain(a *answer, record []byte) {
	if l == nil || a.denial.Cause == event.Unrecognized {
		return
	}
	d := a.denial
	var r *evaluate.Request
	if record == nil {
		r = evaluate.RequestOfMessage(&d)
		d.Bucket = bucketIn(d.Bucket, r.Resource)
	} else {
		c := context.Read(record)
		r = evaluate.RequestOf(&d, &c)
	}
	if d.Time.IsZero() {
		d.Time = l.now
	}
	l.ask(&d, r)
	a.explained = evaluate.Explain(r, l.book.Concerned(&d, r), d.Cause, d.PolicyARN)
	a.looked = true
	if list := a.explained.Findings; len(list) > 0 {
		a.adviceCase.Statement = advice.StatementOf(&list[0])
		a.advice = advice.For(a.adviceCase)
	}
}

// bucketIn returns the bucket of a message: that of its resource.
func bucketIn(bucket, resource string) string {
	if bucket != "" {
		return bucket
	}
	_, path, _ := strings.Cut(resource, ":::")
	bucket, _, _ = strings.Cut(path, "/")
	return bucket
}

// fetches returns the commands that fetch what is missing: all, if no policy explains
// the denial.
func (a *answer) fetches() []advice.Fetch {
	if len(a.explained.Findings) > 0 {
		return nil
	}
	return advice.FetchesFor(a.adviceCase)
}

// findingText says what a statement has to do with the denial.
func (a *answer) findingText(f *evaluate.Finding) string {
	s := "Statement " + strconv.Itoa(f.Statement.Number)
	if f.Statement.Sid != "" {
		s += " (" + shown(f.Statement.Sid, shownOfText) + ")"
	}
	s += " of " + policyTitle(f.Policy)
	switch f.Matches {
	case evaluate.Refuses:
		s += " denies this request. "
	case evaluate.MayRefuse:
		s += " may deny this request. That depends on " + policydoc.Join(f.Unseen, ", ") +
			", which " + a.source() + " does not show. "
	default:
		s += " is the Allow that comes nearest, and it does not allow this request. "
	}
	where := "The statement is in " + shown(f.Policy.File, shownOfText) + ", as of "
	if f.Policy.File == event.FromAWS {
		where = "AWS had this statement on "
	}
	s += f.Why + " " + where + f.Policy.Read.Format(time.DateTime) + " UTC"
	if t := a.denial.Time; !t.IsZero() && f.Policy.Read.After(t) {
		s += ", which is after the request: the policy can have been another one then"
	}
	return s + "."
}

// source names what was explained.
func (a *answer) source() string {
	if a.denial.Source == "" {
		return "the message"
	}
	return "the record"
}

// policyTitle names a policy within a sentence.
func policyTitle(p *evaluate.Policy) string {
	name, on := shown(p.Name, shownOfText), shown(p.On, shownOfText)
	switch p.Kind {
	case event.ResourcePolicy:
		return resourceTitle(p.On) + on
	case event.EndpointPolicy:
		return "the policy of the VPC endpoint " + on
	case event.SCP:
		return "the SCP " + name
	case event.RCP:
		return "the RCP " + name
	case event.Boundary:
		return "the permissions boundary " + name
	}
	if strings.HasPrefix(p.Name, "arn:") || on == "" {
		return "the policy " + name
	}
	return "the inline policy " + name + " of " + on
}

// resourceTitle names the kind of policy that a resource has, by the name of that.
func resourceTitle(on string) string {
	switch {
	case strings.Contains(on, ":accesspoint/"):
		return "the access point policy of "
	case strings.Contains(on, ":kms:"):
		return "the key policy of "
	}
	return "the bucket policy of "
}

// contextKeys returns the condition keys of a denied request that a simulation takes,
// as far as the record shows them.
func contextKeys(d *event.Denial, record []byte) (keys []advice.ContextKey) {
	c := context.Read(record)
	r := evaluate.RequestOf(d, &c)
	for _, name := range advice.ContextKeys() {
		if values, seen := r.Context.Lookup(name); seen && len(values) == 1 {
			keys = append(keys, advice.ContextKey{Name: name, Value: values[0]})
		}
	}
	return keys
}
