package object

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"trail403/ingest/pattern"
)

// errLookalike says that denials may be lost in an object: it must not pass for
// something else.
var errLookalike = errors.New("the text looks like CloudTrail, but no record could be read from it")

// maxSearch is how much of a text is searched for what looks like CloudTrail, once
// it is clear that it cannot be read as JSON. It bounds what another kind of file
// may cost, which is read for nothing else.
const maxSearch = 16 << 20

// sourceMember finds a record's event source, whatever wrote it: as a member, within
// a text in JSON or CSV, or as some languages print it. That of S3's notifications
// and of events for Lambda is no service's name.
var sourceMember = pattern.New(`eventSource[\\"']+[ \t]*:[ \t]*[\\"']+[a-z0-9.-]+\.amazonaws\.com`)

// marks are what tells that a text has a CloudTrail record in it, or a part of one: the
// event source, and another key. A piece is a key in quotes.
type marks struct{ source, other, piece bool }

// pieceOf finds a key that only CloudTrail's records have, after a quote or before it.
var pieceOf = pattern.New(`(?:eventSource|eventName|eventTime|errorCode|userIdentity)[\\"']+[ \t]*:`)

// see looks for marks in a part of a text.
func (m *marks) see(text []byte) {
	if !bytes.Contains(text, []byte("event")) && !bytes.Contains(text, []byte("error")) {
		return
	}
	m.piece = m.piece || pieceOf.Match(text)
	m.source = m.source || sourceMember.Match(text)
	for _, key := range []string{"eventVersion", "eventTime", "eventName"} {
		m.other = m.other || bytes.Contains(text, []byte(key))
	}
}

func (m *marks) all() bool { return m.source && m.other }

// looksLikeTrail says whether a text has a CloudTrail record in it.
func looksLikeTrail(text []byte) bool {
	var m marks
	m.see(text)
	return m.all()
}

// judge returns an error for a text that has a CloudTrail record in it.
func judge(text []byte) error {
	if looksLikeTrail(text) {
		return errLookalike
	}
	return nil
}

// searchWindows are reused: an archive may have a million members that are searched.
var searchWindows = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// streamLooksLikeTrail says the same of what can still be read. An error of reading
// ends the search: it is the caller's to judge.
func streamLooksLikeTrail(r io.Reader) bool {
	const longest = 512 // of a mark
	var m marks
	r = io.LimitReader(r, maxSearch)
	window := searchWindows.Get().(*[64 << 10]byte)
	defer searchWindows.Put(window)
	buf := window[:]
	kept := 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		text := buf[:kept+n]
		if m.see(text); m.all() || err != nil {
			return m.all()
		}
		kept = copy(buf, text[len(text)-longest:])
	}
}
