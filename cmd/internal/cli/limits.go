package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
	"trail403/ingest/coverage"
)

// nameFlags describes each failure that a limit caused, with the flag that raises
// the limit.
func nameFlags(failures []coverage.Failure) {
	for i := range failures {
		var over coverage.LimitError
		if errors.As(failures[i].Err, &over) {
			failures[i].Err = limitText(over)
		}
	}
}

func limitText(over coverage.LimitError) error {
	text := over.Error()
	switch over.Limit {
	case coverage.MaxObject:
		text = fmt.Sprintf("the object holds more than %s decompressed (--max-object-size)", exactSize(over.Value))
	case coverage.MaxRecord:
		text = fmt.Sprintf("a record is larger than %s (--max-record-size)", exactSize(over.Value))
	case coverage.MaxDepth:
		text = fmt.Sprintf("a record is nested more than %d levels deep (--max-depth)", over.Value)
	case coverage.MaxArchive:
		text = fmt.Sprintf("the archive and its members hold more than %s decompressed (--max-archive-size)",
			exactSize(over.Value))
	case coverage.MaxMembers:
		text = fmt.Sprintf("the archive has more than %s members (--max-members)", humanize.Comma(over.Value))
	case coverage.MaxTemp:
		text = fmt.Sprintf("the zip archive or Parquet file is larger than %s, and it is copied to a temporary file (--max-temp-size)",
			exactSize(over.Value))
	}
	if over.Err != nil {
		text += ": " + over.Err.Error()
	}
	return errors.New(text)
}

// exactSize writes a number of bytes without rounding it.
func exactSize(n int64) string {
	for _, unit := range []string{"B", "KiB", "MiB"} {
		if n < 1024 || n%1024 != 0 {
			return fmt.Sprintf("%d %s", n, unit)
		}
		n /= 1024
	}
	return fmt.Sprintf("%d GiB", n)
}

// limitWords says what there is too much of, and which flag sets the limit.
var limitWords = map[aggregate.Limited][2]string{
	aggregate.OverRows:   {"denials and changes", "--max-rows"},
	aggregate.OverGroups: {"groups of principal, action and bucket", "--max-groups"},
	aggregate.OverParts:  {"rows in the table of --by", "--max-groups"},
}

// limitError says what to do about a limit of the entire run. Other errors stay as
// they are.
func limitError(err error) error {
	var limit *aggregate.LimitError
	if !errors.As(err, &limit) {
		return err
	}
	words := limitWords[limit.What]
	err = fmt.Errorf("the number of %s exceeds the limit of %s (%s)", words[0], humanize.Comma(int64(limit.Max)), words[1])
	return hintedError{err, []string{"choose a shorter window with --from and --to, or raise the limit if there is enough memory"}}
}

// warnFailed names the first objects that could not be read. The report names more.
func warnFailed(w io.Writer, c *coverage.Coverage) {
	const most = 10
	named := c.Failures[:min(len(c.Failures), most)]
	for _, f := range named {
		complain(w, "warning", fmt.Errorf("%s: %s", f.Object, f.Err))
	}
	if n := c.Objects.Failed - len(named); n > 0 {
		complain(w, "warning", fmt.Errorf("%s could not be read", counted(n, "more object")))
	}
}
