package cli

import (
	"errors"
	"fmt"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
)

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
