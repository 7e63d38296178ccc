using Microsoft.AspNetCore.Components;

namespace Relief.Flow.Host.Console;

/// <summary>A whole page: for one visitor, with what it shows.</summary>
public abstract class ConsolePage<TModel> : ComponentBase
{
    [Parameter]
    public required Visitor Visitor { get; set; }

    [Parameter]
    public required TModel Model { get; set; }
}
