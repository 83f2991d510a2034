package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/spf13/pflag"

	"trail403/ingest/pseudonym"
)

func redactPage() page {
	return page{
		usage: "FILE.json",
		about: `Prints a CloudTrail file with other names, so that you can show it to others:
account IDs, ARNs, names, keys of objects, IP addresses, IDs and access keys. The
same name becomes the same name everywhere in a run, with as many letters and digits
in the same places. Times, calls, error codes, actions, Regions, the words of error
messages and the form of policies stay, so a report on the result has the same
denials and causes. What is not known to be harmless is replaced.

A FILE is JSON, one document or one a line, also with gzip or zstd, or - for standard
input. In other texts, every word outside of JSON is replaced.

Look at the result before you publish it. Who knows some of the names can guess
others, for example from their lengths.
`,
		examples: `  trail403 redact 111122223333_CloudTrail_us-east-1_20261028T0915Z_x.json.gz > example.json
  trail403 report example.json
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed; what could be read before that is printed"},
			{Usage, "wrong usage"},
			{Interrupted, "interrupted"},
		},
	}
}

func runRedact(_ context.Context, env Env, args []string) (int, error) {
	fs := pflag.NewFlagSet("redact", pflag.ContinueOnError)
	fs.Usage = func() {}
	if helped, err := parseFlags(env, fs, args, "redact", redactPage); helped || err != nil {
		return OK, err
	}
	if fs.NArg() != 1 {
		return 0, usagef("redact takes one FILE").hint("name a CloudTrail file, or - for standard input")
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return 0, fmt.Errorf("drawing a random key: %w", err)
	}
	file := fs.Arg(0)
	text, err := readTrail(env, file)
	if bytes.IndexByte(text, 0) >= 0 {
		return 0, fmt.Errorf("reading %s: it is not text, or not in UTF-8", file)
	}
	text = pseudonym.New(key).Text(text)
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(text, '\n')
	}
	if _, err := env.Stdout.Write(text); err != nil {
		return 0, writingStdout(err)
	}
	if err != nil {
		return 0, fmt.Errorf("reading %s: %w", file, err)
	}
	return OK, nil
}

// maxTrail bounds the file that is redacted, which is held in memory.
const maxTrail = 1 << 30

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// readTrail returns the text of a file, unpacked. With an error, it returns what came
// before it.
func readTrail(env Env, name string) ([]byte, error) {
	in := env.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, pathCause(err)
		}
		defer f.Close()
		in = f
	}
	packed, err := readLimited(in)
	if err != nil {
		return nil, err
	}
	unpacked := io.Reader(bytes.NewReader(packed))
	switch {
	case bytes.HasPrefix(packed, gzipMagic):
		unpacked, err = gzip.NewReader(unpacked)
	case bytes.HasPrefix(packed, zstdMagic):
		unpacked, err = zstd.NewReader(unpacked, zstd.WithDecoderConcurrency(1))
	default:
		return packed, nil
	}
	if err != nil {
		return nil, err
	}
	return readLimited(unpacked)
}

func readLimited(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxTrail+1))
	if len(text) > maxTrail {
		return nil, errors.New("it is larger than 1 GiB: split it first")
	}
	return text, err
}
