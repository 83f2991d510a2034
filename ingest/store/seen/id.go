package seen

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"trail403/ingest/source"
)

// ID identifies an object: 64 bits of a hash. Two of a billion objects have the same one
// with a probability of 3 %.
type ID uint64

// MarshalText writes an id as 16 digits: as numbers, some readers of JSON would round it.
func (id ID) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(id)), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 16, 64)
	*id = ID(n)
	return err
}

// Of returns the id of an object: of its URL and its ETag, or of its path below the root
// of its source, its size and the time of its last change. So a folder can move. ok is
// false if the listing does not tell enough to know the object again.
func Of(src source.Source, e source.Entry) (id ID, ok bool) {
	name := nameOf(src, e)
	if e.Version == 0 || e.Once() {
		return 0, false
	}
	size := e.Size
	if isS3(name) {
		size = 0 // a notice does not tell it, and the ETag says more
	}
	return hash(name, strconv.FormatUint(e.Version, 16), strconv.FormatInt(size, 16)), true
}

// OfName returns the id of a name, whatever the object holds.
func OfName(src source.Source, e source.Entry) ID { return hash(nameOf(src, e)) }

func isS3(name string) bool { return strings.HasPrefix(name, "s3://") }

// nameOf returns the URL of an object, or its path below the root of its source.
func nameOf(src source.Source, e source.Entry) string {
	local, ok := src.(source.Local)
	if !ok || isS3(e.Name) {
		return e.Name
	}
	path, err := filepath.Rel(local.Path, e.Name)
	if err != nil || path == "." {
		path = filepath.Base(e.Name)
	}
	return filepath.ToSlash(path)
}

func hash(parts ...string) ID {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return ID(binary.LittleEndian.Uint64(h.Sum(nil)))
}

// Shard is one of several parts of all objects. The zero value has all of them.
type Shard struct{ Number, Of int } // from 0

// Has says whether an object is in the shard.
func (s Shard) Has(src source.Source, e source.Entry) bool {
	return s.Of < 2 || int(OfName(src, e)%ID(s.Of)) == s.Number
}
