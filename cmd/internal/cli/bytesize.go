package cli

import (
	"errors"
	"math"

	"github.com/dustin/go-humanize"
)

// byteSize is a flag for a number of bytes: 64MiB, 4GiB, 1000.
type byteSize int64

func (b *byteSize) Set(s string) error {
	n, err := humanize.ParseBytes(s)
	if err != nil || n == 0 || n > math.MaxInt64/2 {
		return errors.New("write a size such as 64MiB or 4GiB")
	}
	*b = byteSize(n)
	return nil
}

func (b *byteSize) String() string { return humanize.IBytes(uint64(*b)) }

func (b *byteSize) Type() string { return "SIZE" }
