package columns

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// batch is how many rows are read at a time.
const batch = 64

// File is a Parquet file.
type File struct{ file *parquet.File }

// Open opens a file and checks that reading it stays within the limits.
func Open(in io.ReaderAt, size int64, limits Limits) (f File, err error) {
	defer recovered(&err)
	file, err := open(in, size)
	if err != nil {
		return File{}, plain(err)
	}
	c := checker{file: in, size: size, limits: limits}
	defer c.close()
	return File{file}, c.check(file.Metadata())
}

// Names returns the paths of the columns, with a dot between fields.
func (f File) Names() (names []string) {
	for _, path := range f.file.Schema().Columns() {
		name := ""
		for _, part := range path {
			if name != "" {
				name += "."
			}
			name += part
			names = append(names, name)
		}
	}
	return names
}

// Rows calls found for each row, a JSON object that is valid until it returns. An error
// of found ends it.
func (f File) Rows(found func(row []byte) error) error {
	rows, err := f.reader()
	if err != nil {
		return err
	}
	defer rows.Close()
	values := make([]any, batch)
	var object []byte
	for {
		n, err := read(rows, values)
		for _, v := range values[:n] {
			object = appendJSON(object[:0], v)
			if err := found(object); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return plain(err)
		case n == 0:
			return ErrCorrupt
		}
	}
}

func (f File) reader() (rows *parquet.GenericReader[any], err error) {
	defer recovered(&err)
	return parquet.NewGenericReader[any](f.file), nil
}

// read reads the next rows.
func read(rows *parquet.GenericReader[any], values []any) (n int, err error) {
	defer recovered(&err)
	clear(values)
	return rows.Read(values)
}

// plain says that a file is corrupt, if that is what an error means.
func plain(err error) error {
	for _, own := range []error{ErrCorrupt, ErrObject, ErrGroup} {
		if errors.Is(err, own) {
			return err
		}
	}
	return fmt.Errorf("%w (%w)", ErrCorrupt, err)
}

// recovered turns a panic into an error: the library panics on some invalid files.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w (%v)", ErrCorrupt, p)
	}
}
