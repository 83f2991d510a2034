package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/term"
)

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth returns how many columns a terminal has. It returns 0 for anything
// else, and for a terminal that does not say.
func terminalWidth(stream any) int {
	width, _ := terminalSize(stream)
	return width
}

// terminalHeight returns how many lines it has, or 0 likewise.
func terminalHeight(stream any) int {
	_, height := terminalSize(stream)
	return height
}

func terminalSize(stream any) (width, height int) {
	f, ok := stream.(*os.File)
	if !ok {
		return 0, 0
	}
	width, height, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}

// runPager runs a pager on the terminal. Its reader may leave it at any point or
// interrupt it. Neither is an error.
func runPager(command string, text io.Reader) error {
	name, args := "sh", []string{"-c", command}
	if fields := strings.Fields(command); len(fields) == 1 {
		name, args = fields[0], nil
	}
	if _, err := exec.LookPath(name); err != nil {
		return exec.ErrNotFound
	}
	cmd := exec.CommandContext(context.Background(), name, args...) // the reader ends it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = text, os.Stdout, os.Stderr
	cmd.Env = os.Environ()
	if _, ok := os.LookupEnv("LESS"); !ok {
		cmd.Env = append(cmd.Env, "LESS=FRX")
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}
