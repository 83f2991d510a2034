package cli

import (
	"slices"

	"trail403/report"
	"trail403/report/events"
)

// plan reads the flags and arguments.
func (o *eventsFlags) plan(env Env, args []string) (*plan, error) {
	for _, name := range splitLists(o.failOn) {
		if slices.Contains(earlierConditionNames(), name) {
			return nil, usagef("--fail-on %s compares with an earlier report", name).
				hint("use it with `trail403 report --against FILE.json`")
		}
	}
	format, outputs := o.format, o.outputs
	o.format, o.outputs = "", nil // they are planned below, since the formats are others
	p, err := o.reportFlags.plan(env, args)
	if err != nil {
		return nil, err
	}
	o.format, o.outputs = format, outputs
	p.aggregate.Events = true
	p.outputs = nil
	if o.newest < 0 {
		return nil, usagef("-n %d is negative", o.newest).hint("write 0 to list all events")
	}
	return p, o.planOutputs(env, p)
}

// planOutputs sets where the events go, and in which format.
func (o *eventsFlags) planOutputs(env Env, p *plan) error {
	if o.format != "" && len(o.outputs) > 1 {
		return usagef("--format cannot be used with several -o").
			hint("the format of each -o follows from its name: %s", orList(events.Extensions()))
	}
	names := o.outputs
	if len(names) == 0 {
		names = []string{"-"}
	}
	for _, name := range names {
		format, err := o.formatOf(name)
		if err != nil {
			return err
		}
		if format == events.Parquet && name == "-" && env.IsTerminal(env.Stdout) {
			return usagef("a terminal cannot show Parquet").hint("write it to a file: -o events.parquet")
		}
		p.outputs = append(p.outputs, output{name: name, format: report.Format(format)})
	}
	return nil
}

// formatOf returns the format of a place: that of --raw or --format, or else the one
// that follows from its name.
func (o *eventsFlags) formatOf(name string) (format events.Format, err error) {
	if name == "" {
		return "", usagef("-o needs the name of a file").hint(unsetHint)
	}
	known := true
	switch {
	case o.format != "":
		format, err = oneOf("format", o.format, events.Formats(), "formats")
	case name == "-" && o.raw:
		format = events.JSONL
	case name == "-":
		format = events.Text
	default:
		format, known = events.FormatOf(name)
	}
	switch {
	case err != nil:
		return "", err
	case !known:
		return "", usagef("-o %s: the name does not show the format", name).
			hint("end the name in %s, or use --format", orList(events.Extensions()))
	case o.raw && format != events.JSONL && format != events.JSON:
		return "", usagef("--raw writes records as JSON Lines, and not as %s", format).
			hint("use --format jsonl, or a name that ends in .jsonl")
	case o.raw:
		return events.Raw, nil
	}
	return format, nil
}
