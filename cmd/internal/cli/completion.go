package cli

import (
	"context"
	_ "embed"
	"io"
	"strings"
)

// The scripts only ask the program, with the hidden command __complete, and show what
// it answers: so they never go stale, and the rules are in one place.
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
bash, zsh or fish. The script asks trail403 itself, so it stays correct when
trail403 is updated.

For --group, --incident, --principal and --bucket, it offers the names of the last
report that somebody made at a terminal. They are in trail403/names in the user's
cache folder ($XDG_CACHE_HOME or ~/.cache on Linux), and the file can be deleted.
`,
		examples: `  source <(trail403 completion bash)      # in ~/.bashrc, or once:
  trail403 completion bash > /etc/bash_completion.d/trail403
  source <(trail403 completion zsh)       # in ~/.zshrc, after compinit, or once:
  trail403 completion zsh > "${fpath[1]}/_trail403"
  trail403 completion fish > ~/.config/fish/completions/trail403.fish
`,
		exits:     simple,
		arguments: shells,
	}
}

func runCompletion(_ context.Context, env Env, args []string) (int, error) {
	if wantsHelp(args) {
		return OK, completionPage().print(env.Stdout, "completion")
	}
	if len(args) != 1 {
		return 0, usagef("completion takes one SHELL").
			hint("the shells are bash, zsh and fish; for example: trail403 completion bash")
	}
	script, ok := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[args[0]]
	if !ok {
		return 0, usagef("unknown SHELL %q", args[0]).
			didYouMean(args[0], values(shells())).
			hint("the shells are bash, zsh and fish")
	}
	if _, err := io.WriteString(env.Stdout, script); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}

// completeCommand is what the scripts call: trail403 __complete WORD..., with the
// words after the program's name. The last word is the one to complete.
const completeCommand = "__complete"

// filesToo is the line of the answer that asks for names of files, too.
const filesToo = ":files"

// complete prints what the last word can become, one choice per line. A tab
// separates a choice from what it stands for.
func (list commandList) complete(env Env, words []string) (int, error) {
	if len(words) == 0 {
		words = []string{""}
	}
	before, last := words[:len(words)-1], words[len(words)-1]
	choices, files := list.candidates(env, before, last)
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
	if _, err := io.WriteString(env.Stdout, b.String()); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}
