package field

import (
	"bytes"
	"hash/maphash"
)

// A Cache remembers what was made of raw values, since most of a log repeats. It holds
// a fixed number of them: a new one takes the place of an old one. It is used by one
// goroutine. The zero value is empty.
type Cache[V any] struct {
	sets []set[V]
	seed maphash.Seed
}

// set is the places that a value can have. Several, so that values that come all the
// time do not replace each other.
type set[V any] struct {
	raw  [ways][]byte
	made [ways]V
	next int // the place of the next value
}

const (
	sets = 128
	ways = 4
	// longest is how long a value is that is remembered, so that hostile ones do not
	// take much memory. CloudTrail cuts messages at 1 KB.
	longest = 2 << 10
)

// Of returns what was made of the value, or makes it. The value must not be empty.
func (c *Cache[V]) Of(raw []byte, read func(raw []byte) V) V {
	if len(raw) > longest {
		return read(raw)
	}
	if c.sets == nil {
		c.sets, c.seed = make([]set[V], sets), maphash.MakeSeed()
	}
	s := &c.sets[maphash.Bytes(c.seed, raw)%sets]
	for i := range s.raw {
		if bytes.Equal(s.raw[i], raw) {
			return s.made[i]
		}
	}
	i := s.next % ways
	s.next++
	s.made[i] = read(raw)
	s.raw[i] = append(s.raw[i][:0], raw...)
	return s.made[i]
}

// Texts reads values that should be strings, see [Text], and remembers them.
type Texts struct{ cache Cache[text] }

// text is a value as it is, and as it may be shown.
type text struct{ plain, redacted string }

// Text is [Text].
func (t *Texts) Text(value []byte) string { return t.read(value).plain }

// Redacted is [Redact] of [Text].
func (t *Texts) Redacted(value []byte) string { return t.read(value).redacted }

func (t *Texts) read(value []byte) text {
	if len(value) == 0 {
		return text{}
	}
	return t.cache.Of(value, readText)
}

func readText(value []byte) text {
	s := Text(value)
	return text{s, Redact(s)}
}
