using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Tests.Expressions;

public sealed class ExpressionEvaluatorTests
{
    private const string Values = """{ "name": "王<小>", "list": [{ "n": "a" }, { "n": "b" }], "amount": 12.50, "flag": false, "many": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30] }""";

    [Theory]
    [InlineData(Expression.Literal, "\"True\"", "\"True\"")]
    [InlineData(Expression.Literal, "5", "5")]
    [InlineData(Expression.Object, "\"[\\\"sms\\\"]\"", "[\"sms\"]")]
    [InlineData(Expression.Object, "{\"a\":1}", "{\"a\":1}")]
    [InlineData(Expression.Object, "{\"a\":{\"type\":\"Literal\",\"value\":\"1\"},\"b\":{\"type\":\"JavaScript\",\"value\":\"getVariable('amount') * 2\"}}", "{\"a\":\"1\",\"b\":25}")]
    [InlineData(Expression.Object, "{\"a\":{\"type\":\"Literal\",\"value\":\"1\"},\"b\":1}", "{\"a\":{\"type\":\"Literal\",\"value\":\"1\"},\"b\":1}")]
    [InlineData(Expression.Variable, "{\"id\":\"amount\",\"name\":\"x\",\"typeName\":\"Object\"}", "12.50")]
    [InlineData(Expression.Variable, "{\"id\":\"gone\",\"name\":\"amount\"}", "12.50")]
    [InlineData(Expression.Input, "\"Days\"", "3")]
    [InlineData(Expression.Input, "{\"name\":\"Days\"}", "3")]
    public void Each_type_gives_its_value(string type, string value, string expected)
    {
        var result = Scope.Evaluate(type, JsonElement.Parse(value), Values, """{ "Days": 3 }""");

        Assert.Equal((expected, null), (result.Value.GetRawText(), result.Error));
    }

    [Theory]
    [InlineData(Expression.Object, "{")]
    [InlineData("Liquid", "{{ x }}")]
    [InlineData(Expression.Variable, "")]
    public void What_cannot_be_evaluated_says_so(string type, string value)
    {
        Assert.True(Scope.Evaluate(type, value).Failed);
        Assert.NotNull(Scope.Inspect(type, value).Fault);
    }

    [Theory]
    [InlineData("你好 {{name}}", "你好 王<小>")]
    [InlineData("{{variables.amount}} {{inputs.Days}} {{correlationId}} {{instanceId}}", "12.50 3 家庭-1 i1")]
    [InlineData("{{#each list}}{{n}},{{/each}}", "a,b,")]
    [InlineData("{{list.[1].n}}{{list.length}}{{list.Count}}", "b2")]
    [InlineData("{{#if flag}}yes{{else}}no{{/if}}", "no")]
    [InlineData("[{{unknown}}]", "[]")]
    [InlineData("[{{name.GetType}}{{name.GetType.Assembly}}{{list.GetEnumerator}}]", "[]")]
    public void Templates_are_filled_as_plain_text(string template, string expected)
    {
        var result = Scope.Evaluate(Expression.Handlebars, template, Values, """{ "Days": 3 }""");

        Assert.Equal((expected, null), (result.Value.ValueKind == JsonValueKind.String ? result.Value.GetString() : null, result.Error));
    }

    [Theory]
    [InlineData("{{#if flag}}", "does not parse")]
    [InlineData("{{pay name}}", "failed")]
    [InlineData("{{> page}}", "partials")]
    [InlineData("{{~#> page}}{{/page}}", "partials")]
    [InlineData("{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}", "partials")]
    [InlineData("{{#each many}}{{#each ../many}}{{#each ../../many}}{{#each ../../../many}}{{#each ../../../../many}}{{#each ../../../../../many}}{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}{{/each}}", "stopped")]
    [InlineData("{{#each many}}{{#each ../many}}{{#each ../../many}}{{#each ../../../many}}xxxxxxxxxx{{/each}}{{/each}}{{/each}}{{/each}}", "stopped")]
    public void A_template_that_is_wrong_or_endless_is_an_error(string template, string told)
    {
        var result = Scope.Evaluate(Expression.Handlebars, template, Values);

        Assert.True(result.Failed, result.Value.ToString());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }
}
