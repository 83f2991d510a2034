package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/pflag"

	"trail403/aggregate/nearest"
	"trail403/ingest/redact"
	escape "trail403/report/page"
)

// usageError says that the command line is wrong.
type usageError struct{ hintedError }

// hintedError is an error with hints that say what to do about it.
type hintedError struct {
	error
	hints []string
}

func (e hintedError) Unwrap() error { return e.error }

func usagef(format string, args ...any) usageError {
	return usageError{hintedError{error: fmt.Errorf(format, args...)}}
}

// hint adds a hint.
func (e usageError) hint(format string, args ...any) usageError {
	e.hints = append(e.hints, fmt.Sprintf(format, args...))
	return e
}

// didYouMean adds a hint with the known word that is most similar to the unknown
// one, if any is similar enough for a typing error.
func (e usageError) didYouMean(unknown string, known []string) usageError {
	if word := nearest.Word(unknown, known); word != "" {
		return e.hint("did you mean %s?", word)
	}
	return e
}

// complain prints an error or a warning in the form that all of them have: in lower
// case, without a full stop, and with each hint on its own line. The names of files
// and the texts of servers are hostile.
func complain(w io.Writer, kind string, err error) {
	fmt.Fprintf(w, "trail403: %s: %s\n", kind, printable(err.Error()))
	var usage usageError
	var hinted hintedError
	if errors.As(err, &usage) {
		hinted = usage.hintedError
	} else {
		errors.As(err, &hinted)
	}
	for _, h := range hinted.hints {
		fmt.Fprintf(w, "trail403: hint: %s\n", printable(h))
	}
}

// printable returns the text without secrets and on one line, as reports show it:
// characters that act on a terminal, or that nobody sees, become escapes.
func printable(s string) string { return escape.Visible(redact.Text(s)) }

// writingStdout says that standard output failed.
func writingStdout(err error) error { return fmt.Errorf("writing standard output: %w", pathCause(err)) }

// pathCause returns the cause of an error of the file system, without the operation
// and the path, because the message already names them.
func pathCause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// wrongFlags explains what is wrong with the flags of a command.
func wrongFlags(fs *pflag.FlagSet, err error) error {
	wrong := usagef("%w", err)
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		fs.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if name := nearest.Word(unknown.GetSpecifiedName(), names); name != "" {
			wrong = wrong.hint("did you mean --%s?", name)
		}
	}
	return wrong.hint("`trail403 help %s` lists the flags", fs.Name())
}
