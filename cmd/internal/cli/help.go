package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// overview describes all commands.
func (list commandList) overview() string {
	w := &strings.Builder{}
	fmt.Fprint(w, `trail403 finds out from CloudTrail who S3 is denying access, to which buckets,
under which policy, and since when.

Usage:
  trail403 report [flags] SOURCE...
  trail403 events [flags] SOURCE...
  trail403 explain [flags] [MESSAGE...]
  trail403 why --principal NAME --bucket BUCKET [flags] SOURCE...
  trail403 compare [flags] OLD.json NEW.json
  trail403 check --proposed FILE --as TARGET [flags] SOURCE...
  trail403 collect --store STORE [flags] SOURCE...
  trail403 store ACTION [flags] STORE
  trail403 redact FILE.json
  trail403 demo
  trail403 mcp [flags] SOURCE...

Commands:
`)
	for _, c := range list {
		fmt.Fprintf(w, "  %-11s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, `
'trail403 help COMMAND' describes a command, its flags, examples and exit codes.
`)
	return w.String()
}

func (list commandList) runHelp(_ context.Context, env Env, args []string) (int, error) {
	if len(args) > 1 {
		return 0, usagef("help takes one command").hint("for example: trail403 help report")
	}
	text := list.overview()
	if len(args) == 1 {
		c := list.find(args[0])
		if wantsHelp(args) {
			c = list.find("help")
		}
		if c == nil {
			return 0, list.unknown(args[0])
		}
		text = c.page().help(c.name)
	}
	if _, err := io.WriteString(env.Stdout, text); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}

func (list commandList) helpPage() page {
	return page{
		usage:     "[COMMAND]",
		about:     "Describes a command, or lists the commands.\n",
		examples:  "  trail403 help\n  trail403 help report\n",
		exits:     simple,
		arguments: list.choices,
	}
}
