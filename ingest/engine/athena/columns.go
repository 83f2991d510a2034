package athena

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"

	"trail403/ingest/engine/query"
)

// defaultCatalog is the name of the Glue catalog.
const defaultCatalog = "AwsDataCatalog"

// Columns returns the columns of a table, with the pattern of each partition column that
// is projected. No query runs for it.
func (c *Client) Columns(ctx context.Context, table query.Table) ([]query.Column, error) {
	if err := c.load(ctx); err != nil {
		return nil, err
	}
	catalog := table.Catalog
	if catalog == "" {
		catalog = defaultCatalog
	}
	out, err := call(ctx, c, c.api.GetTableMetadata, &athena.GetTableMetadataInput{
		CatalogName: aws.String(catalog), DatabaseName: aws.String(table.Schema), TableName: aws.String(table.Name),
		WorkGroup: optional(c.opts.Workgroup),
	})
	if err != nil || out.TableMetadata == nil {
		return nil, err
	}
	var columns []query.Column
	for _, column := range out.TableMetadata.Columns {
		columns = append(columns, query.Column{Name: aws.ToString(column.Name), Type: aws.ToString(column.Type)})
	}
	for _, column := range out.TableMetadata.PartitionKeys {
		name := aws.ToString(column.Name)
		columns = append(columns, query.Column{
			Name: name, Type: aws.ToString(column.Type), Partition: true,
			Sample: out.TableMetadata.Parameters["projection."+name+".format"],
		})
	}
	return columns, nil
}
