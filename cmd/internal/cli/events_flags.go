package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"trail403/report/events"
)

// eventsFlags are the flags of `trail403 events`: those of the report that say what is
// read and which denials count, and those of the list.
type eventsFlags struct {
	reportFlags
	raw, reverse bool
	newest       int
}

func (o *eventsFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("events", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringArrayVarP(&o.outputs, "output", "o", nil,
		"write the events to `FILE`, in the format of its name ("+orList(events.Extensions())+
			"), or to standard output (-)")
	fs.StringVar(&o.format, "format", "",
		"write standard output, or the file of a single -o, in `FORMAT`: "+orList(events.Formats())+" (default: text)")
	fs.StringVar(&o.color, "color", colorAuto,
		"color text `WHEN`: auto (on a terminal, unless NO_COLOR is set), always or never")
	fs.BoolVar(&o.noPager, "no-pager", false, "write text that is longer than the screen to the terminal, not to a pager")
	fs.BoolVar(&o.raw, "raw", false, "write the records themselves, one a line, without secrets")
	fs.IntVarP(&o.newest, "newest", "n", 0, "list only the newest `N` events (0 lists all)")
	fs.BoolVar(&o.reverse, "reverse", false, "list the newest event first")
	o.eventFlags(fs)
	o.storeFlag(fs)
	o.sourceFlags(fs)
	o.engineFlags.add(fs)
	o.changed = fs.Changed
	o.scriptFlags(fs)
	fs.Lookup("fail-on").Usage = "exit with code 4 if `CONDITION` of the report holds: " +
		strings.Join(eventsConditions(), ", ") + ". Quote a condition that contains >"
	o.limitFlags(fs)
	return fs
}

// eventsConditions are the conditions of --fail-on that compare with no earlier report.
func eventsConditions() []string {
	return slices.DeleteFunc(conditionNames(), func(name string) bool {
		return slices.Contains(earlierConditionNames(), name)
	})
}
