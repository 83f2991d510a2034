package source

import (
	"context"
	"crypto/sha256"
	"iter"
	"strings"
)

// Found is an entry and the source that opens it.
type Found struct {
	Source Source
	Entry
}

// Each lists sources one after the other, and each object once: sources may overlap,
// and a local file may have several names. It yields nothing after an error.
func Each(ctx context.Context, sources []Source, q Query) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		r, listed := newReached(), map[[16]byte]bool{}
		for i, src := range sources {
			if err := context.Cause(ctx); err != nil {
				yield(Found{}, err)
				return
			}
			stopped, overlaps := false, overlapsAny(src, sources[:i], sources[i+1:])
			take := func(e Entry, err error) bool {
				if overlaps && err == nil && !first(listed, e.Name) {
					return true
				}
				stopped = !yield(Found{src, e}, err) || err != nil
				return !stopped
			}
			if local, ok := src.(Local); ok {
				local.list(ctx, q, r, take)
			} else {
				src.List(ctx, q)(take)
			}
			if stopped {
				return
			}
		}
	}
}

// overlapsAny says whether a source can list the same object of a bucket as
// another one.
func overlapsAny(src Source, others ...[]Source) bool {
	b, ok := src.(Bucket)
	if !ok {
		return false
	}
	for _, some := range others {
		for _, other := range some {
			o, ok := other.(Bucket)
			if ok && o.Location.Bucket == b.Location.Bucket &&
				(strings.HasPrefix(o.Location.Key, b.Location.Key) || strings.HasPrefix(b.Location.Key, o.Location.Key)) {
				return true
			}
		}
	}
	return false
}

// first says whether a name appears for the first time. It remembers the hashes of
// names, since there may be millions.
func first(listed map[[16]byte]bool, name string) bool {
	sum := sha256.Sum256([]byte(name))
	hash := [16]byte(sum[:])
	if listed[hash] {
		return false
	}
	listed[hash] = true
	return true
}
