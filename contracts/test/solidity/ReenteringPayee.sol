// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A payee that calls the splitter again while it is being paid.
contract ReenteringPayee {
    bytes private _call;
    bool public succeeded;

    function prepare(bytes calldata again) external {
        _call = again;
    }

    receive() external payable {
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded, ) = msg.sender.call(_call);
    }
}
