package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

// page is what is to be known of a command. Its help, the man page and the
// completions are made of it.
type page struct {
	usage    string // the arguments: [flags] SOURCE...
	about    string // paragraphs, wrapped at 80 columns
	flags    *pflag.FlagSet
	examples string // indented by two
	exits    []exit
	// arguments returns what the arguments can be; nil where they are free.
	arguments func() []choice
}

// exit is an exit code and when it is returned.
type exit struct {
	code int
	when string
}

// choice is a value that a flag or an argument can have, and what it is.
type choice struct{ value, about string }

func values(choices []choice) (all []string) {
	for _, c := range choices {
		all = append(all, c.value)
	}
	return all
}

// none is for what takes no arguments.
func none() []choice { return nil }

func (p page) print(w io.Writer, command string) {
	fmt.Fprintf(w, "Usage: %s\n\n%s", strings.TrimSpace("trail403 "+command+" "+p.usage), p.about)
	if p.flags != nil {
		fmt.Fprintf(w, "\nFlags:\n%s", p.flags.FlagUsagesWrapped(80))
	}
	fmt.Fprintf(w, "\nExamples:\n%s", p.examples)
	fmt.Fprint(w, "\nExit codes:\n")
	width := 0
	for _, e := range p.exits {
		width = max(width, len(fmt.Sprint(e.code)))
	}
	for _, e := range p.exits {
		fmt.Fprintf(w, "  %-*d  %s\n", width, e.code, e.when)
	}
}

// leaf is a command that is done or wrongly used.
var leaf = []exit{{OK, "done"}, {Usage, "wrong usage"}}
