package field

import (
	"bytes"
	"hash/maphash"
)

// A Cache remembers what was made of raw values, since most of a log repeats. It holds
// a fixed number of them: a new one takes the place of an old one. It is used by one
// goroutine. The zero value is empty.
type Cache[V any] struct {
	slots []slot[V]
	seed  maphash.Seed
}

type slot[V any] struct {
	raw  []byte
	made V
}

const (
	slots = 512
	// longest is how long a value is that is remembered, so that hostile ones do not
	// take much memory. CloudTrail cuts messages at 1 KB.
	longest = 2 << 10
)

// Of returns what was made of the value, or makes it. It must not be empty.
func (c *Cache[V]) Of(raw []byte, make func(raw []byte) V) V {
	s := c.slot(raw)
	if s == nil {
		return make(raw)
	}
	if !bytes.Equal(s.raw, raw) {
		s.made = make(raw)
		s.raw = append(s.raw[:0], raw...)
	}
	return s.made
}

// slot returns where the value has its place, or nil for one that is too long.
func (c *Cache[V]) slot(raw []byte) *slot[V] {
	if len(raw) > longest {
		return nil
	}
	if c.slots == nil {
		c.slots, c.seed = make([]slot[V], slots), maphash.MakeSeed()
	}
	return &c.slots[maphash.Bytes(c.seed, raw)%slots]
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
