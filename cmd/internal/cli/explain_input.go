package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/denial"
	"trail403/ingest/scan"
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
		q.in, q.line = bufio.NewReader(strings.NewReader(strings.TrimSpace(s))), 1
		var err error
		if q.atJSON() {
			err = q.readLines()
		} else {
			err = q.message(s)
		}
		if err != nil {
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
	if err := q.readLines(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return nil
}

// readLines reads JSON where a line starts like JSON, and otherwise one message
// per line.
func (q *questions) readLines() error {
	for {
		switch err := q.skipSpace(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		read := q.textLine
		if q.atJSON() {
			read = q.value
		}
		if err := read(); err != nil {
			return err
		}
	}
}

// textLine reads the rest of the line as a message.
func (q *questions) textLine() error {
	var line []byte
	for {
		piece, err := q.in.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case len(line) > maxLine:
			return fmt.Errorf("line %d is longer than 1 MiB, so it is not an error message", q.line)
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return err
		}
		if err := q.message(messageOf(line)); err != nil {
			return err
		}
		if err == nil {
			q.line++
		}
		return nil
	}
}

// messageOf returns the message of a line. People also copy a message out of a
// record, as a JSON string, with or without its key.
func messageOf(line []byte) string {
	line = bytes.TrimSpace(line)
	if bytes.HasPrefix(line, []byte(`"`)) {
		value := bytes.TrimSpace(bytes.TrimSuffix(line, []byte(",")))
		for _, key := range []string{`"errorMessage"`, `"Message"`, `"message"`} {
			if rest, ok := bytes.CutPrefix(value, []byte(key)); ok {
				value = bytes.TrimLeft(rest, " \t:")
			}
		}
		if json.Valid(value) {
			if s, ok := scan.Text(value); ok {
				return s
			}
		}
	}
	return string(line)
}
