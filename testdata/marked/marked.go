// Package marked reads and replaces the part of a page of the docs that a command
// writes. It is between two marks:
//
//	<!-- begin: make trends -->
//	<!-- end: make trends -->
package marked

import (
	"fmt"
	"os"
	"strings"
)

// Read returns what is between the marks of a command in a file.
func Read(file, command string) (string, error) {
	_, text, _, err := parts(file, command)
	return text, err
}

// Write puts a text between the marks of a command in a file.
func Write(file, command, text string) error {
	head, _, tail, err := parts(file, command)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(head+text+tail), 0o644)
}

// parts cuts a file after the first mark and before the second.
func parts(file, command string) (head, text, tail string, err error) {
	page, err := os.ReadFile(file)
	if err != nil {
		return "", "", "", err
	}
	begin, end := "<!-- begin: "+command+" -->\n", "<!-- end: "+command+" -->"
	head, rest, ok := strings.Cut(string(page), begin)
	text, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", "", "", fmt.Errorf("%s lacks the marks %q and %q", file, strings.TrimSpace(begin), end)
	}
	return head + begin, text, end + tail, nil
}
