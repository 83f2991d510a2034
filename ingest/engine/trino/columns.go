package trino

import (
	"context"

	"trail403/ingest/engine/query"
	"trail403/ingest/source/retry"
)

// Columns returns the columns of a table, with a value of each partition column.
func (c *Client) Columns(ctx context.Context, table query.Table) ([]query.Column, error) {
	var columns []query.Column
	err := c.Query(ctx, "DESCRIBE "+table.String(), func(cells []string) error {
		columns = append(columns, query.Column{Name: cells[0], Type: cells[1], Partition: cells[2] == "partition key"})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return columns, c.samples(ctx, table, columns)
}

// samples adds a value of each partition column. A table that knows no partitions has none.
func (c *Client) samples(ctx context.Context, table query.Table, columns []query.Column) error {
	sql := query.Samples(table, columns)
	if sql == "" {
		return nil
	}
	err := c.Query(ctx, sql, func(cells []string) error {
		for i := range columns {
			if columns[i].Partition && len(cells) > 0 {
				columns[i].Sample, cells = cells[0], cells[1:]
			}
		}
		return nil
	})
	if retry.Temporary(err) || context.Cause(ctx) != nil {
		return err
	}
	return nil
}
