package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

// page describes a command. Help, the manual page and the completions are made of it.
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

// choice is a value that a flag or an argument can have, with what it stands for.
type choice struct{ value, about string }

func values(choices []choice) (all []string) {
	for _, c := range choices {
		all = append(all, c.value)
	}
	return all
}

// none is for commands without arguments.
func none() []choice { return nil }

// help returns the help of a command.
func (p page) help(command string) string {
	w := &strings.Builder{}
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
	return w.String()
}

// print writes the help of a command.
func (p page) print(w io.Writer, command string) error {
	if _, err := io.WriteString(w, p.help(command)); err != nil {
		return writingStdout(err)
	}
	return nil
}

// simple are the exit codes of a command that only prints something.
var simple = []exit{{OK, "done"}, {Failed, "failed"}, {Usage, "wrong usage"}}

// wantsHelp says whether a command without flags is asked for its help.
func wantsHelp(args []string) bool {
	return len(args) == 1 && (args[0] == "-h" || args[0] == "--help")
}

// takesNone says that a command was given arguments and takes none.
func takesNone(command string) error {
	return usagef("%s takes no arguments", command).hint("`trail403 help %s` describes it", command)
}
