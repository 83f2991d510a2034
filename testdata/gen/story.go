package main

import (
	"bytes"
	"time"
)

// A generator collects the records of the archive and the truth about them.
type generator struct {
	seed    uint64
	entries []*entry
	stories []*story
}

// An entry is one record on its way into a file.
type entry struct {
	account string // whose trail
	folder  string // CloudTrail or CloudTrail-NetworkActivity
	region  string
	arrives time.Time // decides which file it is in
	record  object
	denial  *denial // the truth, shared by the copies of one event; nil if the record is not an S3 denial
	escaped bool    // written with a needless escape in a name
	fixed   bool    // draws nothing when it is packed, so that the other files stay as they were without it
}

func (e *entry) encode() []byte {
	text := encode(e.record)
	if e.escaped {
		text = bytes.Replace(text, []byte(`"errorCode"`), []byte(`"\u0065rrorCode"`), 1)
	}
	return text
}

// A denial is the truth about one denied request, however many records report it.
type denial struct {
	story         *story
	at            time.Time
	principal     string
	action        string
	bucket        string
	bucketAccount string
	cause         string
	named         string // the action that the message names
	policy        string
	why           string
}

// A story is a part of the archive with its own randomness and its own truth.
type story struct {
	g       *generator
	draw    draw
	name    string
	tells   string
	trend   string // of its groups, if the story is about one
	pattern string // of the incident
	onset   time.Time
	changes []string
	ends    []string // changes after the last denial
	decoys  []string
	denials []*denial
	hidden  bool // not listed in the truth
}

// story starts a story. tells becomes part of the truth.
func (g *generator) story(name, tells string) *story {
	s := &story{g: g, draw: newDraw(g.seed, name), name: name, tells: tells}
	g.stories = append(g.stories, s)
	return s
}

// background starts a story that is not part of the truth.
func (g *generator) background(name string) *story {
	s := g.story(name, "")
	s.hidden = true
	return s
}

// add puts a record into an account's trail and returns its event id.
func (s *story) add(at time.Time, account, region string, record object, d *denial) string {
	s.g.entries = append(s.g.entries, &entry{
		account: account, folder: "CloudTrail", region: region, arrives: at, record: record, denial: d,
	})
	if d != nil && d.story == nil { // the first of its records
		d.story = s
		s.denials = append(s.denials, d)
	}
	id, _ := record.get("eventID").(string)
	return id
}

// last returns the entry that was added last.
func (s *story) last() *entry { return s.g.entries[len(s.g.entries)-1] }

// A habit is a call that a caller repeats with different keys.
type habit struct {
	who    identity
	api    string
	bucket bucket
	keys   func(draw, time.Time) string
	params object
	from   client
}

// repeat makes the habit's call at each of the times. It is denied for the reason, or
// allowed if there is none.
func (s *story) repeat(h habit, at []time.Time, r *reason) {
	for _, t := range at {
		c := call{at: t, who: h.who, api: h.api, bucket: h.bucket, params: h.params, from: h.from, refused: r}
		if h.keys != nil {
			c.key = h.keys(s.draw, t)
		}
		s.s3(c)
	}
}

// steadily draws times from the entire window at a mean rate per day.
func (s *story) steadily(perDay float64, r rhythm) []time.Time {
	return s.draw.times(windowStart, windowEnd, perDay, r, nil)
}

// daily returns keys like exports/2026/10/05/part-00012.parquet.
func daily(prefix, name, suffix string) func(draw, time.Time) string {
	return func(d draw, t time.Time) string {
		return prefix + t.Format("2006/01/02/") + name + "-" + d.text(5, "0123456789") + suffix
	}
}

// named returns keys that are one of the names.
func named(names ...string) func(draw, time.Time) string {
	return func(d draw, _ time.Time) string { return pick(d, names...) }
}
