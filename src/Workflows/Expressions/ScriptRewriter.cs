using System.Collections.Immutable;
using Jint.Parser.Ast;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Puts the sandbox's check around every part of a parsed script that can allocate, call or loop.</summary>
/// <remarks>
/// The engine looks at its own limits only between statements, and never at memory. One statement can do a great deal, so each call,
/// concatenation, literal of an object and whole statement <c>e</c> becomes <c>§(e)</c>, and each function begins with <c>§()</c>.
/// No script can write or shadow that name: it is no identifier, and <c>with</c> is refused.
/// </remarks>
internal sealed class ScriptRewriter
{
    public const string Guard = "§";

    /// <summary>Levels of nesting; evaluation recurses natively, and a stack that overflows ends the process.</summary>
    public const int MaxDepth = 80;

    private readonly ImmutableArray<string>.Builder variables = ImmutableArray.CreateBuilder<string>();
    private readonly HashSet<string> getters = new(StringComparer.Ordinal);
    private int depth;

    /// <summary>Why the script is refused; null when it is not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Names read by <c>getVariable("x")</c> and <c>variables.x</c>.</summary>
    public ImmutableArray<string> VariableNames => variables.ToImmutable();

    /// <summary>Functions called by a name such as <c>getHousehold</c>, which may stand for a variable.</summary>
    public IReadOnlyCollection<string> Getters => getters;

    /// <summary>True while nothing was met that could change the engine for the next script.</summary>
    public bool LeavesNoTrace { get; private set; } = true;

    public void Rewrite(Program program) => program.Body = List(program.Body);

    private List<Statement> List(IEnumerable<Statement>? statements) => [.. (statements ?? []).Select(One)];

    private Statement One(Statement statement)
    {
        if (++depth > MaxDepth)
            Refuse(statement, $"the script is nested deeper than {MaxDepth} levels");
        else
            Inside(statement);

        depth--;
        return statement;
    }

    private void Inside(Statement statement)
    {
        LeavesNoTrace &= statement is ExpressionStatement;
        switch (statement)
        {
            case ExpressionStatement it: it.Expression = Checked(Visit(it.Expression)); break;
            case BlockStatement it: it.Body = List(it.Body); break;
            case VariableDeclaration it: Declarations(it); break;
            case IfStatement it: (it.Test, it.Consequent, it.Alternate) = (Visit(it.Test), One(it.Consequent), Maybe(it.Alternate)); break;
            case WhileStatement it: (it.Test, it.Body) = (Checked(Visit(it.Test)), One(it.Body)); break;
            case DoWhileStatement it: (it.Body, it.Test) = (One(it.Body), Checked(Visit(it.Test))); break;
            case ForStatement it: For(it); break;
            case ForInStatement it: ForIn(it); break;
            case ReturnStatement it: it.Argument = Visit(it.Argument); break;
            case ThrowStatement it: it.Argument = Visit(it.Argument); break;
            case LabelledStatement it: it.Body = One(it.Body); break;
            case SwitchStatement it: Switch(it); break;
            case TryStatement it: Try(it); break;
            case FunctionDeclaration it: it.Body = Body(it.Body); break;
            case EmptyStatement or BreakStatement or ContinueStatement: break;
            default: Refuse(statement, $"a {statement.Type} is not allowed"); break;
        }
    }

    private Statement? Maybe(Statement? statement) => statement is null ? null : One(statement);

    private void Declarations(VariableDeclaration declaration)
    {
        declaration.Declarations = declaration.Declarations.ToList();
        foreach (var declarator in declaration.Declarations)
            declarator.Init = declarator.Init is null ? null : Checked(Visit(declarator.Init));
    }

    private void For(ForStatement loop)
    {
        if (loop.Init is VariableDeclaration declaration)
            Declarations(declaration);
        else if (loop.Init is Expression start)
            loop.Init = Visit(start);

        (loop.Test, loop.Body) = (Visit(loop.Test), One(loop.Body));
        loop.Update = loop.Update is null ? null : Checked(Visit(loop.Update));
    }

    private void ForIn(ForInStatement loop)
    {
        if (loop.Left is VariableDeclaration declaration)
            Declarations(declaration);
        else
            loop.Left = Visit((Expression)loop.Left);

        (loop.Right, loop.Body) = (Visit(loop.Right), One(loop.Body));
    }

    private void Switch(SwitchStatement statement)
    {
        statement.Discriminant = Visit(statement.Discriminant);
        statement.Cases = (statement.Cases ?? []).ToList();
        foreach (var branch in statement.Cases)
            (branch.Test, branch.Consequent) = (Visit(branch.Test), List(branch.Consequent));
    }

    private void Try(TryStatement statement)
    {
        statement.Block = One(statement.Block);
        statement.Handlers = statement.Handlers.ToList();
        foreach (var clause in statement.Handlers)
            clause.Body = (BlockStatement)One(clause.Body);

        statement.Finalizer = Maybe(statement.Finalizer);
    }

    private Statement Body(Statement body)
    {
        One(body);
        if (body is BlockStatement block)
            block.Body = [new ExpressionStatement { Type = SyntaxNodes.ExpressionStatement, Expression = Checked(null) }, .. block.Body];

        return body;
    }

    private Expression? Visit(Expression? expression)
    {
        if (expression is null)
            return null;

        if (++depth > MaxDepth)
            Refuse(expression, $"the script is nested deeper than {MaxDepth} levels");
        else
            expression = Inside(expression);

        depth--;
        return expression;
    }

    private Expression Inside(Expression expression)
    {
        LeavesNoTrace &= ScriptHabits.LeavesNoTrace(expression);
        switch (expression)
        {
            case BinaryExpression it:
                (it.Left, it.Right) = (Visit(it.Left), Visit(it.Right));
                return it.Operator == BinaryOperator.Plus ? Checked(it) : it;
            case LogicalExpression it: (it.Left, it.Right) = (Visit(it.Left), Visit(it.Right)); return it;
            case UnaryExpression it: it.Argument = Visit(it.Argument); return it;
            case ConditionalExpression it: (it.Test, it.Consequent, it.Alternate) = (Visit(it.Test), Visit(it.Consequent), Visit(it.Alternate)); return it;
            case AssignmentExpression it: (it.Left, it.Right) = (Visit(it.Left), Visit(it.Right)); return Checked(it);
            case SequenceExpression it: it.Expressions = [.. it.Expressions.Select(part => Visit(part)!)]; return it;
            case MemberExpression it: return Member(it);
            case CallExpression it: return Call(it);
            case NewExpression it: (it.Callee, it.Arguments) = (Visit(it.Callee), it.Arguments.Select(part => Visit(part)!).ToList()); return Checked(it);
            case ArrayExpression it: it.Elements = it.Elements.Select(part => Visit(part)!).ToList(); return Checked(it);
            case ObjectExpression it: return Properties(it);
            case FunctionExpression it: it.Body = Body(it.Body); return Checked(it);
            default: return expression;
        }
    }

    private MemberExpression Member(MemberExpression member)
    {
        if (ScriptHabits.ReadsVariable(member) is { } name)
            variables.Add(name);

        member.Object = Visit(member.Object);
        if (member.Computed)
            member.Property = Visit(member.Property);

        return member;
    }

    private CallExpression Call(CallExpression call)
    {
        if (ScriptHabits.ReadsVariable(call) is { } name)
            variables.Add(name);

        if (call.Callee is Identifier { Name: "setVariable" })
            Refuse(call, "a script cannot set a variable, use the activity SetVariable or bind an output");

        if (call.Callee is Identifier { Name: var function } && function.StartsWith("get", StringComparison.Ordinal))
            getters.Add(function);

        call.Callee = Visit(call.Callee);
        call.Arguments = [.. call.Arguments.Select(argument => Visit(argument)!)];
        return Checked(call);
    }

    private CallExpression Properties(ObjectExpression literal)
    {
        literal.Properties = literal.Properties.ToList();
        foreach (var property in literal.Properties)
        {
            // The engine wants the bare function of an accessor.
            if (property.Kind == PropertyKind.Data)
                property.Value = Visit(property.Value);
            else if (property.Value is FunctionExpression accessor)
                accessor.Body = Body(accessor.Body);
        }

        return Checked(literal);
    }

    private void Refuse(SyntaxNode node, string why) =>
        Fault ??= $"{node.Location?.Start.Line ?? 1}:{(node.Location?.Start.Column ?? 0) + 1}: {why}";

    private static CallExpression Checked(Expression? expression) => new()
    {
        Type = SyntaxNodes.CallExpression,
        Location = expression?.Location,
        Range = expression?.Range,
        Callee = new Identifier { Type = SyntaxNodes.Identifier, Name = Guard, Location = expression?.Location },
        Arguments = expression is null ? [] : [expression]
    };
}
