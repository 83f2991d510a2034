package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/errgroup"
)

// gunzipAll is what the complete job is measured against: nothing but reading and
// inflating, with as many workers.
func gunzipAll(dir string) error {
	names := make(chan string)
	var g errgroup.Group
	g.Go(func() error {
		defer close(names)
		return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".gz") {
				names <- path
			}
			return err
		})
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			var gz gzip.Reader
			in := bufio.NewReaderSize(nil, 64<<10)
			buf := make([]byte, 256<<10)
			var failed error
			for name := range names {
				failed = errors.Join(failed, gunzip(name, &gz, in, buf))
			}
			return failed
		})
	}
	return g.Wait()
}

func gunzip(name string, gz *gzip.Reader, in *bufio.Reader, buf []byte) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in.Reset(f)
	if err := gz.Reset(in); err != nil {
		return err
	}
	for {
		if _, err := gz.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}
