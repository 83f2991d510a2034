package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/denial"
)

// read reads the texts, or standard input if there are none.
func (q *questions) read(stdin io.Reader, texts []string) {
	defer close(q.answers)
	q.decoder = denial.NewDecoder()
	if len(texts) == 0 {
		q.err = q.readStream(stdin)
		return
	}
	for i, s := range texts {
		q.in, q.line = bufio.NewReader(strings.NewReader(s)), 1
		if err := q.readInput(); err != nil {
			q.err = fmt.Errorf("argument %d: %w", i+1, err)
			return
		}
	}
}

var gzipMagic = []byte{0x1f, 0x8b}

func (q *questions) readStream(stdin io.Reader) error {
	q.in, q.line = bufio.NewReaderSize(stdin, 64<<10), 1
	if head, _ := q.in.Peek(len(gzipMagic)); bytes.Equal(head, gzipMagic) {
		z, err := gzip.NewReader(q.in)
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		q.in = bufio.NewReaderSize(z, 64<<10)
	}
	if bom := "\xef\xbb\xbf"; q.peek(len(bom)) == bom {
		q.in.Discard(len(bom))
	}
	if err := q.readInput(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return nil
}

// readInput reads JSON where a line starts like JSON, and texts between.
func (q *questions) readInput() error {
	t := pastedText{answered: q.sent}
	for {
		indent, err := q.skipBlanks()
		switch {
		case err == io.EOF:
			return q.endOfText(&t)
		case err != nil:
			return errors.Join(q.flush(&t), err)
		}
		if q.atJSON() {
			if err := q.flush(&t); err != nil {
				return err
			}
			if err := q.valueOr(&t); err != nil {
				return err
			}
			continue
		}
		if err := q.textLine(&t, indent); err != nil {
			return err
		}
	}
}

// textLine reads the rest of a line and adds it to the text.
func (q *questions) textLine(t *pastedText, indent string) error {
	line := []byte(indent)
	for {
		piece, err := q.in.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case len(line) > maxLine:
			return fmt.Errorf("line %d is longer than 1 MiB, so it is not an error message", q.line)
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return errors.Join(q.flush(t), err)
		}
		if err == nil {
			q.line++
		}
		return q.addLine(t, line)
	}
}

// skipBlanks goes to the next character of a line that is not a space, and returns the
// spaces. They matter in texts that a terminal wrapped.
func (q *questions) skipBlanks() (string, error) {
	var blanks []byte
	for {
		c, err := q.in.ReadByte()
		if err != nil {
			return "", err
		}
		if c != ' ' && c != '\t' || len(blanks) == maxLine {
			return string(blanks), q.in.UnreadByte()
		}
		blanks = append(blanks, c)
	}
}
