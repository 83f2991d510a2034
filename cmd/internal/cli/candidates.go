package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report"
	"trail403/report/events"
	"trail403/report/parquet"
)

// flagValues has the values of the flags that can have only some, by command and
// flag. A flag with a `FILE` needs no entry.
var flagValues = map[string]func() []choice{
	"explain format":    func() []choice { return []choice{{"text", "for people"}, {"json", "one object a line"}} },
	"why format":        answerFormats,
	"why color":         func() []choice { return choicesOf(colors()) },
	"why interval":      func() []choice { return choicesOf([]string{"auto", "1h", "6h", "1d", "7d"}) },
	"why cause":         func() []choice { return choicesOf(event.Causes()) },
	"why error-code":    func() []choice { return choicesOf(denial.DefaultErrorCodes()) },
	"compare format":    answerFormats,
	"compare color":     func() []choice { return choicesOf(colors()) },
	"compare fail-on":   func() []choice { return choicesOf(earlierConditionNames()) },
	"events color":      func() []choice { return choicesOf([]string{colorAuto, colorAlways, colorNever}) },
	"events format":     func() []choice { return choicesOf(events.Formats()) },
	"events cause":      func() []choice { return choicesOf(event.Causes()) },
	"events fail-on":    func() []choice { return conditionChoicesOf(eventsConditions()) },
	"events error-code": func() []choice { return choicesOf(denial.DefaultErrorCodes()) },
	"demo color":        func() []choice { return choicesOf(colors()) },
	"demo format":       formatChoices,
	"demo table":        func() []choice { return choicesOf(parquet.Tables()) },
	"demo by":           func() []choice { return choicesOf(aggregate.Dimensions()) },
	"report color":      func() []choice { return choicesOf(colors()) },
	"report format":     formatChoices,
	"report table":      func() []choice { return choicesOf(parquet.Tables()) },
	"report interval":   func() []choice { return choicesOf([]string{"auto", "1h", "6h", "1d", "7d"}) },
	"report cause":      func() []choice { return choicesOf(event.Causes()) },
	"report by":         func() []choice { return choicesOf(aggregate.Dimensions()) },
	"report fail-on":    conditionChoices,
	"report error-code": func() []choice { return choicesOf(denial.DefaultErrorCodes()) },
}

// flagLists are those of them that can hold several values, separated by commas.
var flagLists = map[string]bool{
	"demo by": true, "demo table": true, "report by": true, "report table": true, "report fail-on": true, "compare fail-on": true, "report error-code": true, "why error-code": true,
}

// answerFormats are the formats of a short answer.
func answerFormats() []choice {
	return slices.DeleteFunc(formatChoices(), func(c choice) bool {
		return !slices.Contains(report.ComparisonFormats(), report.Format(c.value))
	})
}

func choicesOf[T ~string](values []T) (all []choice) {
	for _, v := range values {
		all = append(all, choice{value: string(v)})
	}
	return all
}

// conditionChoices leaves it to the user to type the number or span of a condition.
func conditionChoices() []choice { return conditionChoicesOf(conditionNames()) }

func conditionChoicesOf(names []string) (all []choice) {
	for _, name := range names {
		all = append(all, choice{value: strings.TrimRight(name, "SPAN")})
	}
	return all
}

// candidates returns what the last word can become, and whether it can be the name of
// a file.
func (list commandList) candidates(env Env, before []string, last string) (all []choice, files bool) {
	if len(before) == 0 {
		if strings.HasPrefix(last, "-") {
			return []choice{{"--help", "list the commands"}, {"--version", "print the version"}}, false
		}
		return list.choices(), false
	}
	c := list.find(before[0])
	if c == nil {
		return nil, false
	}
	p := c.page()
	before = before[1:]
	if p.flags != nil && !slices.Contains(before, "--") {
		if flag, prefix, ok := openFlag(p.flags, before, last); ok {
			return valuesOf(env, c.name, flag, prefix, last)
		}
	}
	switch {
	case strings.HasPrefix(last, "-") && !slices.Contains(before, "--"):
		return flagNames(p.flags), false
	case p.arguments != nil && len(before) == 0:
		return p.arguments(), false
	case p.arguments == nil:
		return nil, strings.Contains(p.usage, "SOURCE") || strings.Contains(p.usage, ".json")
	}
	return nil, false
}

// openFlag returns the flag whose value the last word is, and the part of that word
// before the value. Bash splits --flag=value into three words.
func openFlag(flags *pflag.FlagSet, before []string, last string) (flag *pflag.Flag, prefix string, ok bool) {
	if name, _, ok := strings.Cut(last, "="); ok && strings.HasPrefix(name, "--") {
		return lookup(flags, name), name + "=", true
	}
	n := len(before)
	if n > 1 && before[n-1] == "=" {
		return lookup(flags, before[n-2]), "", true
	}
	if n == 0 {
		return nil, "", false
	}
	flag = lookup(flags, before[n-1])
	if last == "=" {
		prefix = "="
	}
	return flag, prefix, flag != nil && (flag.NoOptDefVal == "" || last == "=")
}

func lookup(flags *pflag.FlagSet, word string) *pflag.Flag {
	if name, ok := strings.CutPrefix(word, "--"); ok {
		return flags.Lookup(name)
	}
	if len(word) == 2 && word[0] == '-' {
		return flags.ShorthandLookup(word[1:])
	}
	return nil
}

// valuesOf returns what the flag's value can be, each with the part of the word
// before it.
func valuesOf(env Env, command string, flag *pflag.Flag, prefix, last string) (all []choice, files bool) {
	if flag == nil {
		return nil, false
	}
	key := command + " " + flag.Name
	list, ok := flagValues[key]
	if !ok {
		if kind, _ := pflag.UnquoteUsage(flag); kind == "FILE" {
			return nil, true
		}
		list = func() []choice { return remembered(env, flag.Name) }
	}
	given := ""
	if i := strings.LastIndexByte(last, ','); i >= len(prefix) && flagLists[key] {
		given = last[len(prefix) : i+1]
	}
	for _, c := range list() {
		if !slices.Contains(strings.Split(given, ","), c.value) {
			all = append(all, choice{prefix + given + c.value, c.about})
		}
	}
	return all, false
}

// flagNames returns the flags, with what they do.
func flagNames(flags *pflag.FlagSet) (all []choice) {
	if flags != nil {
		flags.VisitAll(func(f *pflag.Flag) {
			_, about := pflag.UnquoteUsage(f)
			all = append(all, choice{"--" + f.Name, firstClause(about)})
		})
	}
	return append(all, choice{"--help", "describe the command"})
}

// firstClause cuts a flag's help, since a list in a terminal has no room for it.
func firstClause(s string) string {
	for _, end := range []string{":", ";", ",", ". ", " ("} {
		s, _, _ = strings.Cut(s, end)
	}
	return s
}
