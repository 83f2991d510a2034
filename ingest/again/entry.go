package again

import (
	"context"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/event"
	"trail403/ingest/object"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// Take takes a record from a place, with the hash that it had when it was read first.
type Take func(at *event.Place, fingerprint uint64, record []byte) error

// Options say how to read.
type Options struct {
	Source  source.Remote // opens any object by the name of its entry
	Workers int           // objects read at a time
	Limits  object.Limits // those of the first time; MaxTemp also bounds the temporary file
	Retry   retry.Policy
	// Stored hands out records that a store keeps, by several goroutines, if it is not nil.
	// They may lack secrets that the objects have.
	Stored func(ctx context.Context, take Take) error
	// Read is called after each entry of a listing that was read, with how many records
	// it had, if it is not nil. It is called by several goroutines.
	Read func(records int)
}

// reader reads entries, one at a time.
type reader struct {
	plan           *plan
	sorter         *sorter
	opts           *Options
	object, member *object.Reader
}

// entry reads the wanted records of an entry that did not come yet.
func (r *reader) entry(ctx context.Context, parts []part) error {
	records := 0
	var left []part
	for _, x := range parts {
		f := r.finder(x)
		if f.skip(); f.next < len(x.records) {
			left = append(left, x)
		}
		records += len(x.records)
	}
	if len(left) > 0 {
		if err := r.read(ctx, left); err != nil {
			return err
		}
	}
	if r.opts.Read != nil {
		r.opts.Read(records)
	}
	return nil
}

var errOnce = errors.New("it can be read only once")

// read reads an entry, and again where a network fails.
func (r *reader) read(ctx context.Context, parts []part) error {
	if r.object == nil {
		r.object = object.NewReader(r.opts.Limits, "errorCode")
		r.member = object.NewMemberReader(r.opts.Limits, "errorCode")
	}
	o := &parts[0].object
	if o.Once {
		return &Changed{o.Name, errOnce}
	}
	err := r.opts.Retry.Do(ctx, func() error {
		body, _, err := r.opts.Source.Get(ctx, source.Entry{Name: o.EntryName(), Size: -1})
		if err != nil {
			return err
		}
		defer body.Close()
		if o.Member > 0 {
			err = r.archive(body, parts)
		} else {
			err = r.finder(parts[0]).read(r.object, body)
		}
		if e := r.object.BodyErr(); err != nil && retry.Temporary(e) {
			return e
		}
		return err
	})
	var changed *Changed
	switch {
	case err == nil, errors.As(err, &changed):
		return err
	case context.Cause(ctx) != nil:
		return context.Cause(ctx)
	}
	return fmt.Errorf("reading %s again: %w", o.EntryName(), err)
}

// archive reads the wanted records of the members of an archive.
func (r *reader) archive(body io.Reader, parts []part) error {
	content, err := r.object.Open(body)
	if err != nil || !content.Archive {
		return &Changed{parts[0].object.EntryName(), errors.Join(err, errors.New("it is no archive any more"))}
	}
	number := 0
	err = r.object.Members(func(m object.Member) error {
		if number++; number != parts[0].object.Member {
			return nil
		}
		body, err := m.Open()
		if err != nil {
			return &Changed{parts[0].object.Name, err}
		}
		defer body.Close()
		if err := r.finder(parts[0]).read(r.member, body); err != nil {
			return err
		}
		if parts = parts[1:]; len(parts) == 0 {
			return errEnough
		}
		return nil
	})
	var changed *Changed
	switch {
	case errors.Is(err, errEnough):
		return nil
	case errors.As(err, &changed):
		return err
	case err == nil:
		err = errors.New("it is not in the archive any more")
	}
	return &Changed{parts[0].object.Name, err}
}

func (r *reader) finder(p part) *finder { return &finder{part: p, plan: r.plan, sorter: r.sorter} }
