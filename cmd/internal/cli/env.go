package cli

import (
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"trail403/ingest/source/retry"
)

// Env is the world as a command sees it.
type Env struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Now    func() time.Time
	// IsTerminal says whether a stream is a terminal.
	IsTerminal func(stream any) bool
	// TerminalWidth returns how many columns a stream has that is a terminal, else 0.
	TerminalWidth func(stream any) int
	// TerminalHeight returns how many lines a stream has that is a terminal, else 0.
	TerminalHeight func(stream any) int
	// Page shows a text with a pager, and returns when its reader leaves; nil without one.
	Page func(pager string, text io.Reader) error
	// Getenv returns a variable of the environment, "" if it is not set.
	Getenv func(name string) string
	// CacheDir returns the folder for what the user's programs can do without; nil for none.
	CacheDir func() (string, error)
	// Retry and Stall say how patient to be with a network; zero is the default.
	Retry retry.Policy
	Stall time.Duration

	// files are the reports that this run writes to files. Run sets it.
	files *files
}

// System returns the world of this process.
func System() Env {
	env := Env{
		Args:   os.Args[1:],
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,

		IsTerminal:     isTerminal,
		TerminalWidth:  terminalWidth,
		TerminalHeight: terminalHeight,
		Page:           runPager,
		Getenv:         os.Getenv,
		CacheDir:       os.UserCacheDir,
	}
	if wasClosed(os.Stdout) {
		env.Stdout = closedStream{}
	}
	return env
}

// closedStream stands for standard output that was closed when the program started.
type closedStream struct{}

func (closedStream) Write([]byte) (int, error) {
	return 0, hintedError{errors.New("it is closed"), []string{
		"write the output to a file or a pipe; to discard it, open /dev/null for writing only",
	}}
}

// Exit codes, as in the help of every command. If several apply, the first of
// Interrupted, Failed, Usage, Condition, Incomplete and OK is returned.
const (
	OK          = 0
	Failed      = 1
	Usage       = 2
	Incomplete  = 3   // the report is written, but some input could not be read
	Condition   = 4   // the report is written, and a condition of --fail-on holds
	Interrupted = 130 // as shells report a process that SIGINT ended
)

// The values of --color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

func colors() []string { return []string{colorAuto, colorAlways, colorNever} }

// color says whether text for a stream has color. By default it has color on a
// terminal, unless the terminal or its user does not want any.
// https://no-color.org
func (env Env) color(when string, stream any) bool {
	if when == colorAuto {
		return env.IsTerminal(stream) && env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb"
	}
	return when == colorAlways
}

// plainWidth is the width of text where nothing tells: what every terminal has.
const plainWidth = 80

// width returns how wide text for a stream is: as wide as the terminal, or as
// COLUMNS says.
func (env Env) width(stream any) int {
	if n := env.TerminalWidth(stream); n > 0 {
		return n
	}
	if n, err := strconv.Atoi(env.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	return plainWidth
}
