package cli

import (
	"errors"
	"fmt"

	"trail403/ingest/coverage"
)

// nameFlags words each failure that is due to a limit, and names the flag that
// raises it.
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
		text = fmt.Sprintf("a record is above %s (--max-record-size)", exactSize(over.Value))
	case coverage.MaxDepth:
		text = fmt.Sprintf("a record nests more than %d levels deep (--max-depth)", over.Value)
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
