"""What is only told by names: objects nobody knows that fetch; what is set after it was made; tasks for later."""

from __future__ import annotations

from tests.flow.stories import check


def test_something_unknown_that_fetches_is_given_an_address() -> None:
    check(
        """
        @mcp.tool()
        async def page(url: str) -> str:
            crawler = await get_crawler()
            found = await crawler.arun(url=url, depth=1)
            #                              ^^^ url → url
            return found.text

        @mcp.tool()
        async def read(url: str) -> str:
            return await services.session.get(url)
            #                                 ^^^ url → url
        """
    )


def test_an_address_is_a_key_of_what_keeps_pages() -> None:
    check(
        """
        @mcp.tool()
        async def page(url: str) -> str:
            logger.info("reading", url=url)
            return services.cache.get(url) or services.pages.load(url=url)
        """
    )


def test_a_field_that_another_method_sets() -> None:
    check(
        """
        import subprocess

        class Box:
            def __init__(self):
                self.connection = None

            def connect(self):
                self.connection = open_one()

        box = Box()

        @mcp.tool()
        def run(command: str) -> str:
            if not box.connection:
                raise ValueError("not connected")
            return subprocess.run(command, shell=True)
            #                     ^^^^^^^ command → shell
        """
    )


def test_a_task_for_after_the_answer() -> None:
    check(
        """
        import httpx
        from fastapi import BackgroundTasks

        async def tell(address: str) -> None:
            async with httpx.AsyncClient() as client:
                await client.post(address)
                #                 ^^^^^^^ callback → url

        @mcp.tool()
        async def job(callback: str) -> str:
            tasks = BackgroundTasks()
            tasks.add_task(tell, callback)
            return "later"
        """
    )


def test_a_statement_behind_its_name() -> None:
    check(
        """
        @mcp.tool()
        def ask(query: str) -> str:
            return athena.start_query_execution(QueryString=query, WorkGroup="notes")
            #                                               ^^^^^ query → sql
        """
    )


def test_an_answer_about_a_choice_decides_like_the_choice() -> None:
    check(
        """
        import httpx

        def known(url: str) -> bool:
            if LAST.url == url:
                return True
            return False

        @mcp.tool()
        def page(url: str) -> str:
            if known(url):
                print("once more")
            return httpx.get(url).text
            #                ^^^ url → url
        """
    )
