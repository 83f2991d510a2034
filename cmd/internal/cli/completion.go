package cli

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"
)

// The scripts only ask the program, by the hidden command __complete, and show
// what it answers: so they never go stale, and the rules are in one place.
var (
	//go:embed completion/trail403.bash
	bashCompletion string
	//go:embed completion/trail403.zsh
	zshCompletion string
	//go:embed completion/trail403.fish
	fishCompletion string
)

func shells() []choice {
	return []choice{{"bash", "completions for bash"}, {"zsh", "completions for zsh"}, {"fish", "completions for fish"}}
}

func completionPage() page {
	return page{
		usage: "SHELL",
		about: `Prints a script that completes commands, flags and their values in a SHELL:
bash, zsh or fish. It asks trail403 itself, so it need not be made anew when
trail403 is updated.
`,
		examples: `  source <(trail403 completion bash)      # in ~/.bashrc, or once:
  trail403 completion bash > /etc/bash_completion.d/trail403
  source <(trail403 completion zsh)       # in ~/.zshrc, after compinit, or once:
  trail403 completion zsh > "${fpath[1]}/_trail403"
  trail403 completion fish > ~/.config/fish/completions/trail403.fish
`,
		exits:     leaf,
		arguments: shells,
	}
}

func runCompletion(_ context.Context, env Env, args []string) (int, error) {
	if wantsHelp(args) {
		completionPage().print(env.Stdout, "completion")
		return OK, nil
	}
	if len(args) != 1 {
		return 0, usagef("completion takes one SHELL").hint("the shells are bash, zsh and fish: trail403 completion bash")
	}
	script, ok := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[args[0]]
	if !ok {
		return 0, usagef("unknown SHELL %q", args[0]).hint("the shells are bash, zsh and fish")
	}
	if _, err := io.WriteString(env.Stdout, script); err != nil {
		return 0, fmt.Errorf("writing standard output: %w", err)
	}
	return OK, nil
}

// wantsHelp is for commands without flags.
func wantsHelp(args []string) bool {
	return len(args) == 1 && (args[0] == "-h" || args[0] == "--help")
}

// completeCommand is what the scripts call: trail403 __complete WORD..., with
// the words after the program's name, of which the last is to be completed.
const completeCommand = "__complete"

// filesToo is the line by which the answer asks for names of files, too.
const filesToo = ":files"

// complete prints what the last word can become: a line each, with a tab before
// what it is.
func complete(w io.Writer, words []string) (int, error) {
	if len(words) == 0 {
		words = []string{""}
	}
	before, last := words[:len(words)-1], words[len(words)-1]
	choices, files := candidates(before, last)
	var b strings.Builder
	for _, c := range choices {
		if !strings.HasPrefix(c.value, last) {
			continue
		}
		b.WriteString(c.value)
		if c.about != "" {
			b.WriteString("\t" + c.about)
		}
		b.WriteByte('\n')
	}
	if files {
		b.WriteString(filesToo + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return OK, err
}
