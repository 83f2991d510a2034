package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"trail403/ingest/redact"
	"trail403/ingest/source"
	"trail403/ingest/source/s3"
)

// opened are the sources of a run.
type opened struct {
	sources []source.Source
	s3      *s3.Client
	buckets []string
	list    *os.File
	engine  string // that scans, or empty
}

func (o *opened) close() {
	o.s3.Close()
	if o.list != nil {
		o.list.Close()
	}
}

// openSources opens the sources of a plan. Whether they exist shows when they are
// listed.
func openSources(env Env, p *plan) (*opened, error) {
	all := &opened{s3: s3.New(p.s3), engine: p.engine.name}
	if p.objectsFrom != "" {
		return all, all.openList(env, p)
	}
	if len(p.sources) == 0 && p.store == "" {
		return nil, usagef("no SOURCE is given").hint("name a folder or file with CloudTrail logs, " +
			"s3://BUCKET/PREFIX, or - for standard input: trail403 report ./AWSLogs")
	}
	stdin := false
	for _, name := range p.sources {
		switch {
		case name == "-" && stdin:
			return nil, usagef("standard input is given twice").hint("name - once")
		case name == "-":
			stdin = true
			all.sources = append(all.sources, source.Stdin{Reader: env.Stdin})
		case source.IsLocation(name):
			place, err := parseLocation(name)
			if err != nil {
				return nil, err
			}
			all.buckets = append(all.buckets, place.Bucket)
			all.sources = append(all.sources, source.Bucket{Store: all.s3, Location: place})
		case name == "":
			return nil, usagef("a SOURCE is empty").hint(unsetHint)
		default:
			all.sources = append(all.sources, source.Local{Path: name})
		}
	}
	return all, nil
}

// openList opens a list of objects.
func (o *opened) openList(env Env, p *plan) (err error) {
	list := source.Listed{Lines: env.Stdin, Name: "standard input", Store: o.s3}
	if list.Bucket, err = bucketOfList(p.sources); err != nil {
		return err
	}
	if p.objectsFrom != "-" {
		if o.list, err = os.Open(p.objectsFrom); err != nil {
			return fmt.Errorf("reading the list %s: %w", p.objectsFrom, pathCause(err))
		}
		list.Lines, list.Name = o.list, p.objectsFrom
	}
	if list.Bucket != "" {
		o.buckets = []string{list.Bucket}
	}
	o.sources = []source.Source{list}
	return nil
}

// bucketOfList returns the bucket of the keys in a list, "" if there is none.
func bucketOfList(sources []string) (string, error) {
	switch {
	case len(sources) == 0:
		return "", nil
	case len(sources) > 1 || !source.IsLocation(sources[0]):
		return "", usagef("--objects-from cannot be used with other sources").
			hint("the only SOURCE beside it can be s3://BUCKET, the bucket of the keys in the list")
	}
	place, err := parseLocation(sources[0])
	if err == nil && place.Key != "" {
		err = usagef("--objects-from cannot be used with a SOURCE that is more than a bucket").
			hint("the keys in a list are complete: name the bucket alone, s3://%s", place.Bucket)
	}
	return place.Bucket, err
}

// parseLocation reads a SOURCE in S3. An error does not repeat the query of a URL,
// which may be a signature.
func parseLocation(text string) (source.Location, error) {
	place, err := source.ParseLocation(text)
	if err == nil {
		return place, nil
	}
	shown, _, _ := strings.Cut(redact.URL(text), "?")
	wrong := usagef("SOURCE %s: %w", shown, err)
	switch {
	case errors.Is(err, source.ErrScheme), errors.Is(err, source.ErrBucket):
		return place, wrong.hint("write it as in s3://my-trail-bucket/AWSLogs/, "+
			"and a local path that looks like a URL as ./%s", shown)
	case errors.Is(err, source.ErrWebsite):
		return place, wrong.hint("copy the address of the bucket or folder from the S3 console, or its S3 URI")
	}
	return place, wrong
}

// sourceHint adds what to do about a source that cannot be read.
func sourceHint(err error) error {
	var of *s3.Error
	if errors.As(err, &of) && of.Hint != "" {
		return hintedError{err, []string{of.Hint}}
	}
	var nothing *source.NothingThere
	if errors.As(err, &nothing) {
		hint := "check the name of the bucket: this bucket is empty"
		if len(nothing.Folders) > 0 {
			hint = "check the prefix: the top level of the bucket holds " + strings.Join(nothing.Folders, " ")
		}
		return hintedError{err, []string{hint}}
	}
	return err
}
