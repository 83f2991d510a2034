package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/coverage"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/object"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// worker reads objects, one at a time, with buffers of its own.
type worker struct {
	opts   *Options
	query  source.Query // of the source of the object that is being read
	object *object.Reader
	events events
	member *worker // reads the members of archives, and is nil within one
	// known are the accounts that are known to have data events.
	known func(account string) bool
}

func newWorker(opts *Options, d *denial.Decoder, sink Sink) *worker {
	w := &worker{
		opts:   opts,
		object: object.NewReader(opts.limits(), denial.Needle),
		events: events{opts: opts, denial: d, sink: sink},
	}
	w.events.requests = newRequests(opts, d, sink)
	member := *w
	member.object = object.NewMemberReader(opts.limits(), denial.Needle)
	w.member = &member
	return w
}

// run reads the objects of all jobs and counts them in c.
func (w *worker) run(ctx context.Context, jobs <-chan job, c *coverage.Coverage) error {
	w.known = func(account string) bool { return c.DataEvents[account] }
	w.member.known = w.known
	for j := range jobs {
		if err := w.entry(ctx, j, c); err != nil {
			return err
		}
		j.done()
		w.opts.Progress.finish(j.entry)
		if err := context.Cause(ctx); err != nil {
			return err // it may be why the object failed
		}
	}
	return nil
}

// entry reads the object of an entry, counts it in c, and tells the sink if it asks.
func (w *worker) entry(ctx context.Context, j job, c *coverage.Coverage) error {
	sink, ok := w.events.sink.(EntrySink)
	if !ok {
		return w.read(ctx, j, c)
	}
	found := &coverage.Coverage{}
	found.Objects.Listed = 1
	if err := w.read(ctx, j, found); err != nil {
		return err
	}
	if err := context.Cause(ctx); err != nil {
		return err // it may be why the object failed
	}
	c.Add(found)
	c.Objects.Listed-- // the listing counts it
	if err := sink.Done(j.src, j.entry, found); err != nil {
		return sinkError{err}
	}
	return nil
}

// read reads one object and counts it in c. Its denials reach the sink only
// after it was read to its end and its checksum was right. The error ends the
// run: it is the sink's, or one that every other object would have, too.
func (w *worker) read(ctx context.Context, j job, c *coverage.Coverage) error {
	name := j.entry.Name
	of := event.Object{Name: name, Entry: len(name), Once: j.entry.Once()}
	w.query = w.opts.queryFor(j.src)
	w.member.query = w.query
	switch {
	case j.answer == nil || w.events.requests != nil:
	case j.sampled:
		seen, read := c.Records.Seen, c.Objects.Read
		if err := w.open(ctx, of, j, c); err != nil {
			return err
		}
		if c.Objects.Read == read { // it cannot be read here, or is none: nothing to compare
			return nil
		}
		return compare(name, j.answer, c.Records.Seen-seen)
	default:
		if ok, err := answered(of, j.answer, w.object, &w.events, c); ok || err != nil {
			return err
		}
	}
	return w.open(ctx, of, j, c)
}

// open reads one object here.
func (w *worker) open(ctx context.Context, of event.Object, j job, c *coverage.Coverage) error {
	name := j.entry.Name
	if f := j.fetched; f != nil {
		defer f.release()
		if f.err != nil {
			c.Fail(name, f.err)
			return nil
		}
		return w.stream(of, io.NopCloser(bytes.NewReader(f.body)), c)
	}
	if src, ok := j.src.(source.Remote); ok {
		return w.readRemote(ctx, src, j.entry, c)
	}
	body, err := j.src.Open(ctx, j.entry)
	if err != nil {
		c.Fail(name, fmt.Errorf("cannot open: %w", err))
		return nil
	}
	return w.stream(of, body, c)
}

// readRemote reads an object of a network as it comes, and from its start again
// where the network fails.
func (w *worker) readRemote(ctx context.Context, src source.Remote, e source.Entry, c *coverage.Coverage) error {
	err := w.opts.Retry.Do(ctx, func() error {
		body, _, err := src.Get(ctx, e)
		if err != nil {
			return err
		}
		return w.stream(event.Object{Name: e.Name, Entry: len(e.Name), Once: e.Once()}, body, c)
	})
	var fatal sinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &fatal), retry.KindOf(err) == retry.Fatal, context.Cause(ctx) != nil:
		return err
	}
	c.Fail(e.Name, err)
	return nil
}

var errNoJSON = errors.New("no JSON, though the name promises CloudTrail: the object is corrupt")

// stream reads one object from body, to its end, and closes it. The object only
// counts if closing has no error either. The error ends the run, unless it is a
// temporary one of the body: then nothing was counted.
func (w *worker) stream(of event.Object, body io.ReadCloser, c *coverage.Coverage) error {
	name := of.Name
	var members coverage.Coverage
	told := source.Tell(name)
	// More records of an account that is known to have data events tell nothing new.
	w.events.start(of, c.DataEvents[told.Account] || w.known(told.Account))
	content, err := w.contents(&of, body, &members)
	if closeErr := body.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("cannot close: %w", closeErr)
	}
	var fatal sinkError
	if errors.As(err, &fatal) {
		return fatal
	}
	if err := w.object.BodyErr(); retry.Temporary(err) { // whatever the decoders made of it
		w.events.sink.Discard()
		return err
	}
	if err != nil || content.Skip != "" {
		w.events.sink.Discard()
	} else {
		w.events.sink.Commit()
	}
	switch {
	case err != nil:
		c.Fail(name, err)
	case content.Archive:
		c.Objects.Listed-- // its members count instead
		c.Add(&members)
	case content.Skip == coverage.SkipUnsupported:
		c.SkipShape(name, content.Shape)
	case content.Log != "":
		c.SkipLog(name, content.Log)
	case content.Skip != "":
		c.Skip(content.Skip, 1)
	default:
		c.Read(&told, w.events.records, w.object.Bytes(), w.events.dataEvents)
		c.Flatten(name, content.Flat)
	}
	return nil
}

// contents reads what is in an object: records, or members, which it counts.
func (w *worker) contents(
	of *event.Object, body io.Reader, members *coverage.Coverage,
) (object.Content, error) {
	content, err := w.object.Open(body)
	switch {
	case err != nil:
		return content, err
	case content.Archive:
		return content, w.archive(of, members)
	case content.IsText && source.PromisesTrail(of.Name):
		return content, errNoJSON
	case content.Skip != "":
		return content, nil
	}
	return w.object.Records(&w.events)
}

// maxMemberName is how many bytes the name of a member may have: as many as a path on
// Linux. Those in a hostile archive have a million.
const maxMemberName = 4096

var errLongName = fmt.Errorf("the name is longer than %d bytes", maxMemberName)

// folders are the folders of an archive that were skipped. There may be as many as
// members, so only hashes of their names are kept.
type folders map[[16]byte]struct{}

// first says whether a folder is skipped for the first time.
func (f folders) first(folder string) bool {
	sum := sha256.Sum256([]byte(folder))
	n := len(f)
	f[[16]byte(sum[:])] = struct{}{}
	return len(f) > n
}

// archive reads the members of an archive, one after another. They count as
// objects of their own, named ARCHIVE/MEMBER, and those that fail are failures of
// their own. Where the archive itself breaks, none of them counts.
func (w *worker) archive(of *event.Object, c *coverage.Coverage) error {
	name := of.Name
	w.events.sink.Begin()
	defer w.events.sink.End()
	folders := folders{}
	number := 0
	return w.object.Members(func(m object.Member) error {
		inner := name + "/" + m.Name
		number++
		if len(m.Name) > maxMemberName {
			c.Objects.Listed++
			c.Fail(inner, errLongName)
			return nil
		}
		if folder, pruned := w.prunedFolder(m.Name); pruned {
			if folders.first(folder) {
				c.Prune(name + "/" + folder)
			}
			return nil
		}
		c.Objects.Listed++
		if reason := unwanted(&w.query, inner); reason != "" {
			c.Skip(reason, 1)
			return nil
		}
		body, err := m.Open()
		if err != nil {
			c.Fail(inner, err)
			return nil
		}
		member := event.Object{Name: inner, Entry: len(name), Member: number, Once: of.Once}
		return w.member.stream(member, body, c)
	})
}

// prunedFolder returns the folder that a member lies in which is not read.
func (w *worker) prunedFolder(member string) (folder string, pruned bool) {
	for i, c := range member {
		if c == '/' && w.query.Prunes(member[:i]) {
			return member[:i], true
		}
	}
	return "", false
}
