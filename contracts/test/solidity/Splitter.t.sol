// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRoyaltySplitter} from "../../splits/IRoyaltySplitter.sol";
import {RoyaltySplitters} from "../../splits/RoyaltySplitters.sol";
import {ShareTree} from "../../splits/ShareTree.sol";
import {TestToken} from "./TestToken.sol";
import {bound} from "./Vm.sol";

contract SplitterTest {
    uint256 private constant PAYEES = 2;

    RoyaltySplitters private immutable _splitters = new RoyaltySplitters();
    TestToken private immutable _token = new TestToken();

    function testFuzz_balances_and_withdrawals_are_what_was_received(
        uint64 unitsA,
        uint64 unitsB,
        uint256[6] calldata payments,
        uint8 order
    ) public {
        uint64[PAYEES] memory units = [uint64(bound(unitsA, 1, 1e9)), uint64(bound(unitsB, 0, 1e9))];
        (IRoyaltySplitter splitter, IRoyaltySplitter.Share[PAYEES] memory shares) = _open(units);
        uint256 received = 0;
        uint256[PAYEES] memory paid;
        for (uint256 i = 0; i < payments.length; ++i) {
            uint256 amount = bound(payments[i], 0, 1e30);
            _token.mint(address(splitter), amount);
            received += amount;
            uint256 who = (order >> i) & 1;
            paid[who] += splitter.withdraw(address(_token), shares[who]);
            require(
                paid[who] == (received * units[who]) / (uint256(units[0]) + units[1]),
                "not the exact share"
            );
        }
        require(_token.balanceOf(address(splitter)) + paid[0] + paid[1] == received, "money is lost or made");
        require(_token.balanceOf(shares[0].payee) >= paid[0], "not with the payee");
    }

    function testFuzz_no_share_is_known_with_other_units(uint64 unitsA, uint64 unitsB, uint64 other) public {
        uint64[PAYEES] memory units = [uint64(bound(unitsA, 1, 1e9)), uint64(bound(unitsB, 0, 1e9))];
        (IRoyaltySplitter splitter, IRoyaltySplitter.Share[PAYEES] memory shares) = _open(units);
        if (other == units[0]) return;
        shares[0].units = other;
        try splitter.withdraw(address(_token), shares[0]) {
            revert("a share with other units was paid");
        } catch {
            require(_token.balanceOf(address(splitter)) == 0, "nothing moved");
        }
    }

    function _open(
        uint64[PAYEES] memory units
    ) private returns (IRoyaltySplitter splitter, IRoyaltySplitter.Share[PAYEES] memory shares) {
        address[PAYEES] memory payees = [address(0xA11), address(0xB0B)];
        bytes32[PAYEES] memory leaves;
        for (uint32 i = 0; i < PAYEES; ++i) leaves[i] = ShareTree.leafOf(i, payees[i], units[i]);
        for (uint32 i = 0; i < PAYEES; ++i) {
            ShareTree.Sibling[] memory path = new ShareTree.Sibling[](1);
            path[0] = ShareTree.Sibling(leaves[1 - i], units[1 - i]);
            shares[i] = IRoyaltySplitter.Share(i, payees[i], units[i], path);
        }
        bytes32 root = ShareTree.nodeOf(leaves[0], units[0], leaves[1], units[1]);
        splitter = IRoyaltySplitter(_splitters.open(root, units[0] + units[1], uint32(PAYEES)));
    }
}
