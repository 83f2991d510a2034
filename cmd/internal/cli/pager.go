package cli

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strings"
)

// pagerOf returns the command of the pager, "" if there is none. Whoever wants none says
// so with --no-pager or PAGER=cat.
func (env Env) pagerOf(off bool, stream any) string {
	if off || env.Page == nil || !env.IsTerminal(stream) || env.Getenv("TERM") == "dumb" {
		return ""
	}
	switch command := strings.TrimSpace(env.Getenv("PAGER")); command {
	case "":
		return "less"
	case "cat":
		return ""
	default:
		return command
	}
}

// show writes a text for a terminal. One that is longer than the screen goes through the
// pager, which starts with its first lines: render is asked to put the headline there.
// Without a pager the end stays in view.
func (env Env) show(pager string, w io.Writer, render func(w io.Writer, headFirst bool) error) error {
	if pager == "" {
		return render(w, false)
	}
	var text bytes.Buffer
	if err := render(&text, false); err != nil {
		return err
	}
	if height := env.TerminalHeight(w); height > 0 && bytes.Count(text.Bytes(), []byte("\n")) >= height {
		var paged bytes.Buffer
		if err := render(&paged, true); err != nil {
			return err
		}
		end := env.files.page()
		err := env.Page(pager, &paged)
		end()
		if !errors.Is(err, exec.ErrNotFound) {
			return err
		}
	}
	_, err := w.Write(text.Bytes())
	return err
}
