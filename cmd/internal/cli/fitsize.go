package cli

import (
	"errors"
	"math"
	"strconv"

	"trail403/report/outline"

	"github.com/dustin/go-humanize"
)

// fitSize is a flag for the most bytes that a report may have: the limit of a place that
// is known, or a size.
type fitSize int

// The limits of GitHub. A comment has a limit of characters, and no character takes less
// than a byte.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
var fitPlaces = map[string]fitSize{"github-summary": 1 << 20, "github-comment": 65_536}

func (f *fitSize) Set(s string) error {
	if n, ok := fitPlaces[s]; ok {
		*f = n
		return nil
	}
	n, err := humanize.ParseBytes(s)
	if err != nil || n < outline.Least || n > math.MaxInt32 {
		return errors.New("write github-summary, github-comment, or a size of at least " +
			strconv.Itoa(outline.Least) + " bytes, such as 60kB")
	}
	*f = fitSize(n)
	return nil
}

func (f *fitSize) String() string { return "" }

func (f *fitSize) Type() string { return "SIZE" }
