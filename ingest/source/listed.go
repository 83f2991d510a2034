package source

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"trail403/ingest/redact"
)

// Listed are the objects in a list. A line of the list is the URL of an object, as
// ParseLocation reads it, or a key of Bucket, or a local path if Bucket is empty.
// A notification about new objects may take several lines. Each object counts once,
// even if the list names it several times. Empty lines do not count.
type Listed struct {
	Lines  io.Reader // can be read once
	Name   string    // of the list, for errors
	Store  Store
	Bucket string
}

var _ Remote = Listed{}

// maxNotice is how many bytes a line, or a notification of several lines, may have.
const maxNotice = 16 << 20

// List reads the list. An error in the list ends the listing, and gives the number
// of the line.
func (l Listed) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		once := listedOnce{query: &q, listed: map[[16]byte]bool{}, pruned: map[string]bool{}, local: newReached()}
		lines := lineReader{in: bufio.NewReaderSize(l.Lines, 64<<10), ctx: ctx}
		for {
			line, err := lines.next()
			if err == io.EOF && line == "" {
				return
			}
			if err != nil && err != io.EOF {
				yield(Entry{}, fmt.Errorf("%s:%d: %w", l.Name, lines.n, err))
				return
			}
			at, text := lines.n, strings.TrimSpace(line)
			var entries []Entry
			switch {
			case text == "":
				continue
			case text[0] == '{' || text[0] == '[':
				entries, err = l.notice(line, &lines)
			default:
				entries, err = l.line(text)
			}
			if err != nil {
				yield(Entry{}, fmt.Errorf("%s:%d: %w", l.Name, at, err))
				return
			}
			for _, e := range entries {
				if e, isNew := once.entry(e); isNew && !yield(e, nil) {
					return
				}
			}
		}
	}
}

// listedOnce lets each object of a list through once.
type listedOnce struct {
	query  *Query
	listed map[[16]byte]bool
	pruned map[string]bool
	local  *reached
}

// entry says whether an entry is new. For an object in a folder that is skipped, it
// returns the folder.
func (o *listedOnce) entry(e Entry) (Entry, bool) {
	if !first(o.listed, e.Name) {
		return e, false
	}
	for i, c := range e.Name {
		if folder := e.Name[:i]; c == '/' && o.query.Prunes(folder) {
			known := o.pruned[folder]
			o.pruned[folder] = true
			return Entry{Name: folder, Pruned: true}, !known
		}
	}
	if strings.HasPrefix(e.Name, "s3://") {
		return e, true
	}
	info, err := os.Stat(e.Name)
	return e, err != nil || o.local.named(e.Name, info)
}

// line reads a line that names one object.
func (l Listed) line(text string) ([]Entry, error) {
	switch {
	case IsLocation(text):
		place, err := ParseLocation(text)
		if err == nil && (place.Key == "" || strings.HasSuffix(place.Key, "/")) {
			err = errors.New("this names a folder; a list names objects")
		}
		return []Entry{{Name: place.URL(), Size: -1}}, err
	case l.Bucket != "":
		return []Entry{{Name: Location{l.Bucket, text}.URL(), Size: -1}}, nil
	}
	info, err := os.Stat(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w; a key needs its bucket, as SOURCE s3://BUCKET or in its line",
			redact.URL(text), cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: a folder; a list names objects", text)
	}
	return []Entry{fileEntry(text, info)}, nil
}

// notice reads a JSON value that starts on a line. Only white space may follow it on
// its last line.
func (l Listed) notice(line string, lines *lineReader) ([]Entry, error) {
	lines.rest, lines.budget = line, maxNotice
	d := json.NewDecoder(lines)
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, fmt.Errorf("broken JSON: %w", err)
	}
	if rest, _ := io.ReadAll(d.Buffered()); strings.TrimSpace(string(rest)+lines.rest) != "" {
		return nil, errors.New("something follows the JSON on its line")
	}
	lines.rest = ""
	objects, known := noticed(value, 0)
	if !known {
		return nil, errors.New("this JSON is not a notification about objects in S3")
	}
	var entries []Entry
	for _, o := range objects {
		if !bucketName.MatchString(o.Bucket) || o.Key == "" {
			return nil, errors.New("this notification names an object without a bucket or a key")
		}
		entries = append(entries, Entry{Name: o.URL(), Size: -1})
	}
	return entries, nil
}

// Open opens an object of the list.
func (l Listed) Open(ctx context.Context, e Entry) (io.ReadCloser, error) {
	body, _, err := l.Get(ctx, e)
	return body, err
}

// Get opens an object of the list and tells its length.
func (l Listed) Get(ctx context.Context, e Entry) (io.ReadCloser, int64, error) {
	if strings.HasPrefix(e.Name, "s3://") {
		return get(ctx, l.Store, e)
	}
	body, err := Local{}.Open(ctx, e)
	return body, e.Size, err
}

// lineReader reads lines one at a time. As a stream, it reads no byte after the
// current line in advance.
type lineReader struct {
	in     *bufio.Reader
	ctx    context.Context
	n      int // lines so far
	rest   string
	budget int
}

func (l *lineReader) next() (string, error) {
	if err := context.Cause(l.ctx); err != nil {
		return "", err
	}
	l.n++
	var line []byte
	for {
		part, err := l.in.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maxNotice {
			return "", errors.New("the line is too long")
		}
		if err != bufio.ErrBufferFull {
			return string(line), err
		}
	}
}

func (l *lineReader) Read(p []byte) (int, error) {
	if l.rest == "" {
		line, err := l.next()
		if line == "" {
			return 0, err
		}
		l.rest = line
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	if l.budget -= n; l.budget < 0 {
		return n, errors.New("it is too long")
	}
	return n, nil
}
